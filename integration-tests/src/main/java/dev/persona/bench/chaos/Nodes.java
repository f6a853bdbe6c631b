package dev.persona.bench.chaos;

import dev.persona.client.ElasticsearchClient;
import dev.persona.client.ElasticsearchClient.Answer;
import dev.persona.local.LocalCluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/** The nodes as an impatient client sees them. Safe for use by several threads. */
final class Nodes implements AutoCloseable {

    /**
     * Shorter than a node waits for a shard, so that some calls are done after they were given up.
     */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final List<ElasticsearchClient> clients = new ArrayList<>();

    Nodes(LocalCluster cluster) {
        for (int node = 0; node < cluster.nodes(); node++) {
            clients.add(new ElasticsearchClient(cluster.uri(node), PATIENCE));
        }
    }

    /** One of them, dead or alive. */
    ElasticsearchClient any(RandomGenerator random) {
        return clients.get(random.nextInt(clients.size()));
    }

    /**
     * The first answer that one of them gives, whatever its status but 5xx and 429.
     *
     * @throws UncheckedIOException when none answers so
     */
    Answer ask(String method, String path, Object body) {
        UncheckedIOException failure = null;
        for (ElasticsearchClient client : clients) {
            try {
                Answer answer = client.send(method, path, body);
                if (isTryAgain(answer.status()) == false) {
                    return answer;
                }
                failure =
                        new UncheckedIOException(
                                new IOException(path + " answered " + answer.json()));
            } catch (UncheckedIOException e) {
                failure = e;
            }
        }
        throw failure;
    }

    /** Whether a call or an event answered so should be sent again later. */
    static boolean isTryAgain(int status) {
        return status == 429 || status >= 500;
    }

    @Override
    public void close() {
        clients.forEach(ElasticsearchClient::close);
    }
}
