package dev.persona.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** Calls one node over HTTP and reads JSON answers. Safe for use by several threads. */
public final class ElasticsearchClient implements AutoCloseable {

    /** Reads and writes the bodies; shared because building one is slow. */
    public static final ObjectMapper JSON = new ObjectMapper();

    private static final Duration TIMEOUT = Duration.ofMinutes(30);

    private final URI node;
    private final Duration timeout;
    private final HttpClient http;

    /**
     * @param node where the node listens, such as {@code http://127.0.0.1:9200}
     */
    public ElasticsearchClient(URI node) {
        this(node, TIMEOUT);
    }

    /**
     * A client that does not wait for ever.
     *
     * @param timeout after so long a call fails with an UncheckedIOException
     */
    public ElasticsearchClient(URI node, Duration timeout) {
        this.node = node;
        this.timeout = timeout;
        this.http =
                HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .connectTimeout(Duration.ofSeconds(10))
                        .build();
    }

    /**
     * Sends a JSON body, or none when it is null, and expects a 2xx answer.
     *
     * @param path path and query, such as {@code /products/_search?size=3}
     * @param body JSON text, a JsonNode, a Map, or null
     * @throws UnexpectedStatusException when the answer is not 2xx
     */
    public JsonNode call(String method, String path, Object body) {
        return expectSuccess(method, path, send(method, path, body, "application/json"));
    }

    /**
     * Sends newline-delimited JSON, as {@code _bulk} and the events endpoint take it.
     *
     * @throws UnexpectedStatusException when the answer is not 2xx
     */
    public JsonNode callNdjson(String method, String path, String body) {
        return expectSuccess(method, path, send(method, path, body, "application/x-ndjson"));
    }

    /** Sends a JSON body, or none when it is null, and returns the answer whatever its status. */
    public Answer send(String method, String path, Object body) {
        return send(method, path, body, "application/json");
    }

    /** Sends newline-delimited JSON and returns the answer whatever its status. */
    public Answer sendNdjson(String method, String path, String body) {
        return send(method, path, body, "application/x-ndjson");
    }

    private Answer send(String method, String path, Object body, String contentType) {
        HttpRequest.Builder request = HttpRequest.newBuilder(node.resolve(path)).timeout(timeout);
        try {
            if (body == null) {
                request.method(method, BodyPublishers.noBody());
            } else {
                String text = body instanceof String s ? s : JSON.writeValueAsString(body);
                request.header("Content-Type", contentType);
                request.method(method, BodyPublishers.ofString(text));
            }
            HttpResponse<byte[]> response = http.send(request.build(), BodyHandlers.ofByteArray());
            return new Answer(response.statusCode(), response.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while calling " + node, e);
        }
    }

    private static JsonNode expectSuccess(String method, String path, Answer answer) {
        if (answer.status() / 100 != 2) {
            throw new UnexpectedStatusException(method, path, answer);
        }
        return answer.json();
    }

    @Override
    public void close() {
        http.close();
    }

    /**
     * What came back.
     *
     * @param status HTTP status
     * @param bytes body as sent
     */
    public record Answer(int status, byte[] bytes) {
        /** The body as JSON; a missing node when there is none. */
        public JsonNode json() {
            try {
                return JSON.readTree(bytes);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** A call was answered with another status than 2xx. */
    public static final class UnexpectedStatusException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final int status;

        UnexpectedStatusException(String method, String path, Answer answer) {
            super(
                    "%s %s answered %d: %s"
                            .formatted(
                                    method,
                                    path,
                                    answer.status(),
                                    new String(answer.bytes(), StandardCharsets.UTF_8)));
            this.status = answer.status();
        }

        /** The HTTP status. */
        public int status() {
            return status;
        }
    }
}
