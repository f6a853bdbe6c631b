package dev.persona.profiling.coldstart;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.persona.profiling.event.ItemFacts;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Map;

class ColdStartModelTest {
    private static final HeldOutErrors ERRORS = new HeldOutErrors(10, 2, 0.1, 4, 5);
    private static final ColdStartModel MODEL =
            model(List.of("brand=Acme", "lantern"), 2, 1, 10, 2, 20, 4, 40);

    private static ColdStartModel model(List<String> terms, int factors, float... weights) {
        return new ColdStartModel(terms, factors, weights, 5, ERRORS);
    }

    @Test
    void aVectorIsTheInterceptAndTheWeightsOfTheTerms() {
        ItemFacts facts = new ItemFacts(Map.of("brand", List.of("Acme")), Double.NaN);

        assertArrayEquals(
                new float[] {7, 70},
                MODEL.vector(new ItemDescription(facts, "A lantern is a LANTERN")));
        assertArrayEquals(new float[] {5, 50}, MODEL.vector(new ItemDescription(facts, "bowl")));
    }

    @Test
    void anItemWithoutAKnownTermGetsTheIntercept() {
        ItemFacts unknown = new ItemFacts(Map.of("brand", List.of("Other")), 3);

        assertArrayEquals(new float[] {4, 40}, MODEL.vector(new ItemDescription(unknown, "bowl")));
        assertArrayEquals(
                new float[] {4, 40}, MODEL.vector(new ItemDescription(ItemFacts.UNKNOWN, "")));
    }

    @Test
    void whatItIsMadeOfMakesItAgain() {
        ColdStartModel again =
                new ColdStartModel(
                        MODEL.terms(),
                        MODEL.factors(),
                        MODEL.weights(),
                        MODEL.regularization(),
                        MODEL.heldOut());

        ItemDescription item = new ItemDescription(ItemFacts.UNKNOWN, "lantern");
        assertArrayEquals(MODEL.vector(item), again.vector(item));
        assertEquals(0.5, again.heldOut().explained());
    }

    @Test
    void shapesAndNumbersThatCannotBeAreRefused() {
        assertEquals(
                "the weights of 1 terms and the intercept with 2 factors must be 4 floats, were 3",
                messageOf(() -> model(List.of("a"), 2, 1, 2, 3)));
        assertEquals(
                "weights must be finite, was NaN at 1",
                messageOf(() -> model(List.of(), 2, 1, Float.NaN)));
        assertEquals(
                "id [a] stands twice, at 0 and at 1",
                messageOf(() -> model(List.of("a", "a"), 1, 1, 2, 3)));
        assertEquals(
                "[mean] must be finite and at least 0, was NaN",
                messageOf(() -> new HeldOutErrors(1, 1, 0.1, Double.NaN, 1)));
    }

    private static String messageOf(Runnable making) {
        return assertThrows(IllegalArgumentException.class, making::run).getMessage();
    }
}
