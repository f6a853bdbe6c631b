package dev.persona.demo.node;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.persona.client.ElasticsearchClient;
import dev.persona.client.ElasticsearchClient.Answer;
import dev.persona.demo.progress.DemoFailure;
import dev.persona.demo.progress.Progress;

import java.io.UncheckedIOException;
import java.net.URI;
import java.util.Locale;

/** The plugin as the demo sees it: is it there, has it caught up, train. */
public final class Persona {

    private static final long POLL_MILLIS = 250;
    private static final long PATIENCE_NANOS = 60_000_000_000L;

    private final ElasticsearchClient client;
    private final String index;

    /**
     * @param index the catalog
     */
    public Persona(ElasticsearchClient client, String index) {
        this.client = client;
        this.index = index;
    }

    /**
     * Asks the node what it runs.
     *
     * @param node where the client sends to, for the message
     * @return one line about version and native libraries
     * @throws DemoFailure when no node answers, or one without the plugin
     */
    public String version(URI node) {
        Answer answer;
        try {
            answer = client.send("GET", "/_persona", null);
        } catch (UncheckedIOException e) {
            throw new DemoFailure("no node answers at " + node + "; ./persona start starts one", e);
        }
        if (answer.status() != 200 || !answer.json().has("version")) {
            throw new DemoFailure(
                    "the node at "
                            + node
                            + " runs without Persona: GET /_persona answered "
                            + answer.status());
        }
        JsonNode about = answer.json();
        StringBuilder line = new StringBuilder("Persona ").append(about.path("version").asText());
        for (JsonNode one : about.path("nodes")) {
            line.append(", ").append(one.path("name").asText()).append(": ");
            line.append(library(one.path("blas"))).append(", ");
            line.append(library(one.path("lightgbm")));
        }
        return line.toString();
    }

    private static String library(JsonNode library) {
        String name = library.path("library").asText();
        return library.path("loaded").asBoolean()
                ? name + " loaded"
                : name + " NOT loaded (" + library.path("reason").asText() + ")";
    }

    /**
     * Waits until every stored event is in its profile.
     *
     * @param events how many were stored
     * @throws DemoFailure when nothing has moved for a minute
     */
    public void awaitProfiles(long events, Progress progress) {
        try (Progress.Step step = progress.step("profiles catch up", events, "events")) {
            long lastChange = System.nanoTime();
            String last = "";
            while (true) {
                JsonNode state = client.call("GET", "/" + index + "/_persona", null).path("state");
                long behind = 0;
                for (JsonNode follower : state.path("followers")) {
                    behind += follower.path("operations_behind").asLong();
                }
                long stored = state.path("events").asLong();
                step.reach(Math.max(0, stored - behind));
                if (behind == 0 && stored == events && state.path("followers").size() > 0) {
                    step.finish(
                            String.format(
                                    Locale.ROOT,
                                    "%,d events in %,d profiles",
                                    stored,
                                    state.path("profiles").asLong()));
                    return;
                }
                if (!state.toString().equals(last)) {
                    last = state.toString();
                    lastChange = System.nanoTime();
                } else if (System.nanoTime() - lastChange > PATIENCE_NANOS) {
                    throw new DemoFailure(
                            "the profiles do not catch up: %d events were stored, state is %s"
                                    .formatted(events, state));
                }
                pause();
            }
        }
    }

    /** Trains the factor model and waits for it to be live. */
    public JsonNode trainFactors(long seed, Progress progress) {
        return trainFactors(seeded(seed), progress);
    }

    /**
     * Trains the factor model and waits for it to be live.
     *
     * @param body parameters, as {@code factors/_train} takes them
     */
    public JsonNode trainFactors(ObjectNode body, Progress progress) {
        try (Progress.Step step = progress.step("training interest vectors")) {
            JsonNode answer = train("/factors/_train", body);
            step.finish(
                    String.format(
                            Locale.ROOT,
                            "%,d users x %,d items, %,d entries, %d factors",
                            answer.path("users").asLong(),
                            answer.path("items").asLong(),
                            answer.path("entries").asLong(),
                            answer.path("factors").asLong()));
            return answer;
        }
    }

    /** Trains the default ranking model and waits for it to be active. */
    public JsonNode trainRanker(long seed, Progress progress) {
        try (Progress.Step step = progress.step("training the ranking model")) {
            JsonNode answer = train("/models/default/_train", seeded(seed));
            step.finish(
                    String.format(
                            Locale.ROOT,
                            "%,d impressions, %,d examples, %d features",
                            answer.path("impressions").asLong(),
                            answer.path("examples").asLong(),
                            answer.path("features").size()));
            return answer;
        }
    }

    private static ObjectNode seeded(long seed) {
        return ElasticsearchClient.JSON.createObjectNode().put("seed", seed);
    }

    private JsonNode train(String path, ObjectNode body) {
        return client.call("POST", "/" + index + "/_persona" + path, body);
    }

    /** What is known of a user. */
    public JsonNode profile(String user) {
        return client.call("GET", "/" + index + "/_persona/profiles/" + user, null);
    }

    private static void pause() {
        try {
            Thread.sleep(POLL_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }
}
