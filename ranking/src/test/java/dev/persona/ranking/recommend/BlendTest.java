package dev.persona.ranking.recommend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.persona.ranking.signal.Demand;

import org.junit.jupiter.api.Test;

class BlendTest {
    private static final Blend BLEND = Blend.forUser(2, 4, 0.5);

    private static Blend.Candidate candidate(
            double interest, double related, int days, double recent, double trend) {
        return new Blend.Candidate(
                interest, related, days, new Demand((float) recent, (float) trend, 0.81f));
    }

    @Test
    void theScoreIsTheFormula() {
        double expected =
                (1.5 / 2 + 0.1 * 1.0 / 4 + 0.15 * 0.2 / 0.5) * Math.pow(0.5, 1.25)
                        + 0.3 * Math.pow(3, 0.7) * Math.pow(0.5, 0.25) * Math.pow(0.81, 0.25);

        assertEquals(expected, BLEND.parts(candidate(1.5, 1, 3, 0.2f, 0.5)).score(), 1e-6);
    }

    @Test
    void whatSpeaksAgainstAnItemCountsAsNothing() {
        assertEquals(0, BLEND.parts(candidate(-1, 0, 0, 0, 0.5)).score(), 0);
    }

    @Test
    void aUserOfWhomNothingIsKnownGetsWhatIsInDemand() {
        Blend nobody = Blend.forUser(0, 0, 0.5);

        assertTrue(
                nobody.parts(candidate(0, 0, 0, 0.4, 0.9)).score()
                        > nobody.parts(candidate(0, 0, 0, 0.1, 0.9)).score());
    }

    @Test
    void forItemsDemandCountsNothing() {
        Blend items = Blend.forItems(2, 4);

        assertEquals(
                items.parts(candidate(1, 2, 0, 0.4, 0.9)).score(),
                items.parts(candidate(1, 2, 0, 0, 0.1)).score(),
                0);
        assertEquals(1, items.parts(candidate(1, 2, 0, 0, 0.1)).score(), 1e-9);
    }
}
