package dev.persona.bench.chaos;

import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.persona.bench.BenchFailure;
import dev.persona.bench.Pause;
import dev.persona.bench.chaos.UserMerges.Call;
import dev.persona.client.ElasticsearchClient;
import dev.persona.client.ElasticsearchClient.Answer;

import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;

/** Merges users all along the stream, and tries each merge again until it is answered. */
final class Merger implements Runnable {

    private static final Duration POLL = Duration.ofMillis(50);
    private static final Duration RETRY = Duration.ofMillis(500);
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final int CONFLICT = 409;

    private final Stream stream;
    private final UserMerges merges;
    private final Nodes nodes;
    private final String path;
    private final int events;
    private final SplittableRandom random;

    /**
     * @param path of the merge endpoint
     * @param events how many the stream has
     */
    Merger(Stream stream, UserMerges merges, Nodes nodes, String path, int events, long seed) {
        this.stream = stream;
        this.merges = merges;
        this.nodes = nodes;
        this.path = path;
        this.events = events;
        this.random = new SplittableRandom(seed);
    }

    @Override
    public void run() {
        try {
            List<Call> calls = merges.calls();
            for (int i = 0; i < calls.size(); i++) {
                long due = (long) events * (i + 1) / (calls.size() + 1);
                while (stream.acknowledged() < due && stream.isStopped() == false) {
                    Pause.of(POLL);
                }
                merge(calls.get(i));
            }
        } catch (RuntimeException | Error e) {
            stream.stop();
            throw e;
        }
    }

    private void merge(Call call) {
        ObjectNode body = ElasticsearchClient.JSON.createObjectNode().put("into", call.into());
        call.from().forEach(body.putArray("from")::add);
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (stream.isStopped() == false) {
            String reason;
            try {
                Answer answer = nodes.any(random).send("POST", path, body);
                if (answer.status() == 200) {
                    return;
                }
                reason = answer.status() + " " + answer.json();
                // What an earlier try of the same merge has begun can be in its own way.
                if (Nodes.isTryAgain(answer.status()) == false && answer.status() != CONFLICT) {
                    throw new BenchFailure("a merge was refused: " + reason);
                }
            } catch (UncheckedIOException e) {
                reason = e.getMessage();
            }
            if (System.nanoTime() > deadline) {
                throw new BenchFailure(
                        "a merge was not done for %d s: %s"
                                .formatted(PATIENCE.toSeconds(), reason));
            }
            Pause.of(RETRY);
        }
    }
}
