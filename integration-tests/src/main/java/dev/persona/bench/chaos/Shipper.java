package dev.persona.bench.chaos;

import com.fasterxml.jackson.databind.JsonNode;

import dev.persona.bench.BenchFailure;
import dev.persona.bench.Pause;
import dev.persona.bench.chaos.Stream.Shipment;
import dev.persona.client.ElasticsearchClient.Answer;

import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/** A client that loses nothing: what is not acknowledged is sent again, to another node. */
final class Shipper implements Runnable {

    private static final Duration FIRST_RETRY = Duration.ofMillis(50);
    private static final Duration LAST_RETRY = Duration.ofSeconds(1);
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private final Stream stream;
    private final ShopEvents events;
    private final Nodes nodes;
    private final String path;
    private final Tally tally;
    private final SplittableRandom random;

    /**
     * @param path of the events endpoint
     */
    Shipper(Stream stream, ShopEvents events, Nodes nodes, String path, Tally tally, long seed) {
        this.stream = stream;
        this.events = events;
        this.nodes = nodes;
        this.path = path;
        this.tally = tally;
        this.random = new SplittableRandom(seed);
    }

    @Override
    public void run() {
        try {
            for (Optional<List<Shipment>> batch = stream.take();
                    batch.isPresent();
                    batch = stream.take()) {
                ship(new ArrayList<>(batch.get()));
            }
        } catch (RuntimeException | Error e) {
            stream.stop();
            throw e;
        }
    }

    private void ship(List<Shipment> pending) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        Duration wait = FIRST_RETRY;
        while (true) {
            String outcome = shipOnce(pending);
            if (pending.isEmpty() || stream.isStopped()) {
                return;
            }
            if (System.nanoTime() > deadline) {
                throw new BenchFailure(
                        "events were not taken for %d s: %s"
                                .formatted(PATIENCE.toSeconds(), outcome));
            }
            tally.retried.addAndGet(pending.size());
            Pause.of(wait);
            wait = wait.multipliedBy(2);
            if (wait.compareTo(LAST_RETRY) > 0) {
                wait = LAST_RETRY;
            }
        }
    }

    /** Sends a batch and leaves in it what was not acknowledged, saying why. */
    private String shipOnce(List<Shipment> pending) {
        StringBuilder lines = new StringBuilder();
        for (Shipment shipment : pending) {
            lines.append(
                            shipment.altered()
                                    ? events.altered(shipment.number())
                                    : events.event(shipment.number()))
                    .append('\n');
        }
        Answer answer;
        try {
            answer = nodes.any(random).sendNdjson("POST", path, lines.toString());
        } catch (UncheckedIOException e) {
            return e.getMessage();
        }
        if (answer.status() != 200) {
            String reason = answer.status() + " " + answer.json();
            if (Nodes.isTryAgain(answer.status()) == false) {
                throw new BenchFailure("a call was refused: " + reason);
            }
            return reason;
        }
        return read(answer.json().path("items"), pending);
    }

    private String read(JsonNode items, List<Shipment> pending) {
        if (items.size() != pending.size()) {
            throw new BenchFailure(
                    "%d events were sent, but %d answered".formatted(pending.size(), items.size()));
        }
        String reason = "";
        List<Shipment> left = new ArrayList<>();
        for (int i = 0; i < pending.size(); i++) {
            Shipment shipment = pending.get(i);
            JsonNode item = items.get(i);
            int status = item.path("status").asInt();
            if (item.path("event_id").asText().equals(ShopEvents.id(shipment.number())) == false) {
                throw new BenchFailure("another event was answered: " + item);
            }
            if (status / 100 == 2) {
                tally.count(item.path("result").asText(), shipment);
                stream.acknowledge(shipment);
            } else if (Nodes.isTryAgain(status)) {
                left.add(shipment);
                reason = item.toString();
            } else {
                throw new BenchFailure("an event was refused: " + item);
            }
        }
        pending.clear();
        pending.addAll(left);
        return reason;
    }
}
