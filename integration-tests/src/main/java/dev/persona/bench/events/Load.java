package dev.persona.bench.events;

import dev.persona.bench.BenchFailure;
import dev.persona.bench.Pause;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/** Client threads that send prepared bodies over connections that are kept open. */
final class Load implements AutoCloseable {

    /** Both _bulk and the events endpoint say it at the beginning of their answer. */
    private static final String ALL_STORED = "\"errors\":false";

    private static final int BEGINNING = 100;

    private final HttpClient http;
    private final int clients;

    /**
     * What a load saw.
     *
     * @param started by {@link System#nanoTime}
     * @param answered the last answer, by the same clock
     * @param answerMillis how long each call took; when paced, from when it was due
     */
    record Outcome(long started, long answered, List<Double> answerMillis) {}

    Load(int clients) {
        this.clients = clients;
        this.http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    }

    /** Sends the bodies as fast as they are answered. */
    Outcome run(URI target, List<Batch> batches) {
        return run(target, batches, Duration.ZERO);
    }

    /**
     * Sends one body after each interval, whether or not earlier ones have been answered, as long
     * as a client is free.
     */
    Outcome run(URI target, List<Batch> batches, Duration interval) {
        AtomicInteger next = new AtomicInteger();
        List<Double> millis = Collections.synchronizedList(new ArrayList<>());
        long started = System.nanoTime();
        try (ExecutorService pool = Executors.newFixedThreadPool(clients)) {
            List<Future<?>> sending = new ArrayList<>();
            for (int c = 0; c < clients; c++) {
                sending.add(
                        pool.submit(
                                () -> {
                                    for (int i = next.getAndIncrement();
                                            i < batches.size();
                                            i = next.getAndIncrement()) {
                                        long due = started + i * interval.toNanos();
                                        Pause.of(Duration.ofNanos(due - System.nanoTime()));
                                        long from = interval.isZero() ? System.nanoTime() : due;
                                        send(target, batches.get(i).body());
                                        millis.add((System.nanoTime() - from) / 1e6);
                                    }
                                }));
            }
            for (Future<?> one : sending) {
                one.get();
            }
        } catch (ExecutionException e) {
            throw new BenchFailure("a call failed: " + e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
        return new Outcome(started, System.nanoTime(), millis);
    }

    /**
     * Sends one body.
     *
     * @throws BenchFailure when something of it was not stored
     */
    void send(URI target, byte[] body) {
        HttpRequest request =
                HttpRequest.newBuilder(target)
                        .header("Content-Type", "application/x-ndjson")
                        .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                        .build();
        try {
            HttpResponse<byte[]> answer =
                    http.send(request, HttpResponse.BodyHandlers.ofByteArray());
            byte[] bytes = answer.body();
            String beginning =
                    new String(bytes, 0, Math.min(bytes.length, BEGINNING), StandardCharsets.UTF_8);
            if (answer.statusCode() != 200 || beginning.contains(ALL_STORED) == false) {
                throw new BenchFailure(
                        "%s answered %d: %s ..."
                                .formatted(target.getPath(), answer.statusCode(), beginning));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    @Override
    public void close() {
        http.close();
    }
}
