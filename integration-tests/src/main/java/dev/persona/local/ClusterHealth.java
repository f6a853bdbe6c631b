package dev.persona.local;

import com.fasterxml.jackson.databind.JsonNode;

import dev.persona.client.ElasticsearchClient;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;

/**
 * What a node says about its cluster.
 *
 * @param status green, yellow or red
 * @param nodes so many are in the cluster
 */
public record ClusterHealth(String status, int nodes) {

    /** A node that is starting or hangs must not hold up the one who asks. */
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private static final HttpClient HTTP =
            HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .connectTimeout(PATIENCE)
                    .build();

    /** Asks a node; empty when it does not answer soon or has no cluster. */
    public static Optional<ClusterHealth> of(URI node) {
        HttpRequest request =
                HttpRequest.newBuilder(
                                node.resolve("/_cluster/health?timeout=1s&master_timeout=1s"))
                        .timeout(PATIENCE)
                        .build();
        try {
            HttpResponse<byte[]> answer =
                    HTTP.send(request, HttpResponse.BodyHandlers.ofByteArray());
            JsonNode body = ElasticsearchClient.JSON.readTree(answer.body());
            return answer.statusCode() == 200 && body.has("status")
                    ? Optional.of(
                            new ClusterHealth(
                                    body.path("status").asText(),
                                    body.path("number_of_nodes").asInt()))
                    : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while asking " + node, e);
        }
    }

    /** Whether every primary shard is there and so many nodes are. */
    boolean serves(int wanted) {
        return nodes >= wanted && status.equals("red") == false;
    }
}
