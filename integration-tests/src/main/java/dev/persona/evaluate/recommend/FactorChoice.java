package dev.persona.evaluate.recommend;

import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.persona.client.ElasticsearchClient;
import dev.persona.evaluate.history.History;
import dev.persona.evaluate.history.LoggedEvent;
import dev.persona.profiling.factorization.AlsParameters;
import dev.persona.profiling.factorization.Interactions;
import dev.persona.profiling.factorization.InteractionsBuilder;
import dev.persona.profiling.profile.ForwardDecay;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/**
 * What is chosen of a factorization; the rest is fixed.
 *
 * @param alpha how fast confidence grows with weight
 * @param regularization of the vectors
 * @param halfLifeDays after how many days an event counts half
 */
record FactorChoice(double alpha, double regularization, int halfLifeDays) {

    /** Length of the vectors. */
    static final int FACTORS = 64;

    /** Passes over items and users. */
    static final int ITERATIONS = 8;

    private static final long SEED = 1;

    /** As the profiling classes take it. */
    AlsParameters parameters() {
        return new AlsParameters(
                FACTORS, ITERATIONS, regularization, alpha, SEED, false, AlsParameters.USUAL_STEPS);
    }

    /** As {@code factors/_train} takes it. */
    ObjectNode training() {
        return ElasticsearchClient.JSON
                .createObjectNode()
                .put("iterations", ITERATIONS)
                .put("alpha", alpha)
                .put("regularization", regularization)
                .put("seed", SEED);
    }

    /** As the settings of a catalog take it. */
    String halfLife() {
        return halfLifeDays + "d";
    }

    /**
     * What the users did, weighed as {@code factors/_train} does: the decayed weights of the events
     * of a user about an item, added up.
     *
     * @param at the time that weights are decayed to
     */
    Interactions interactions(History history, EventWeights weights, Instant at) {
        ForwardDecay decay = new ForwardDecay(Duration.ofDays(halfLifeDays).toMillis());
        Map<String, Map<String, Double>> sums = new HashMap<>();
        for (LoggedEvent event : history.events()) {
            double weight = weights.of(event);
            double left = decay.between(event.at().toEpochMilli(), at.toEpochMilli());
            sums.computeIfAbsent(event.user(), user -> new HashMap<>())
                    .merge(event.item(), weight * left, Double::sum);
        }
        InteractionsBuilder builder = Interactions.builder();
        sums.forEach(
                (user, items) ->
                        items.forEach(
                                (item, sum) -> {
                                    if (sum.floatValue() > 0) {
                                        builder.add(user, item, sum);
                                    }
                                }));
        return builder.build();
    }
}
