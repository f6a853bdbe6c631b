package dev.persona.evaluate.recommend;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.persona.evaluate.history.History;
import dev.persona.evaluate.history.Purchases;
import dev.persona.profiling.factorization.Interactions;

import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.List;
import java.util.Map;

class FactorChoiceTest {

    private static final EventWeights WEIGHTS =
            new EventWeights(Map.of("purchase", 1.0, "dismiss", -0.5));

    /** At 2011-01-11T12:00 the first purchases are one half-life of 10 days old. */
    @Test
    void anInteractionIsTheSumOfDecayedWeights() {
        History history =
                new Purchases()
                        .add("u1", "a", "2011-01-01")
                        .add("u1", "a", "2011-01-01")
                        .add("u1", "a", "2011-01-11")
                        .add("u1", "b", "dismiss", "2011-01-11")
                        .add("u2", "b", "2011-01-01")
                        .history();
        Interactions interactions =
                new FactorChoice(1, 1, 10)
                        .interactions(history, WEIGHTS, Instant.parse("2011-01-11T12:00:00Z"));
        assertEquals(List.of("a", "b"), interactions.items().ids());
        assertArrayEquals(new int[] {0}, interactions.itemsOf(0));
        assertArrayEquals(new float[] {2}, interactions.weightsOf(0));
        assertArrayEquals(new float[] {0.5f}, interactions.weightsOf(1));
    }

    @Test
    void theNodeIsToldTheSameParameters() {
        FactorChoice choice = new FactorChoice(3, 30, 90);
        assertEquals(
                "{\"iterations\":8,\"alpha\":3.0,\"regularization\":30.0,\"seed\":1}",
                choice.training().toString());
        assertEquals("90d", choice.halfLife());
        assertEquals(8, choice.parameters().iterations());
        assertEquals(64, choice.parameters().factors());
    }
}
