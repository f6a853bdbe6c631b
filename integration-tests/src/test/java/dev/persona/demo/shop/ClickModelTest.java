package dev.persona.demo.shop;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.persona.demo.shop.ClickModel.Reaction;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

class ClickModelTest {

    private static final int DRAWS = 200_000;

    /** How often each reaction came up, by ordinal. */
    private static double[] shares(double utility, int position) {
        RandomGenerator random = new SplittableRandom(7);
        double[] shares = new double[Reaction.values().length];
        for (int i = 0; i < DRAWS; i++) {
            Reaction reaction =
                    position == 0
                            ? ClickModel.judge(utility, random)
                            : ClickModel.browse(utility, position, random);
            shares[reaction.ordinal()] += 1.0 / DRAWS;
        }
        return shares;
    }

    /** The formula of the Javadoc, written out. */
    @ParameterizedTest
    @CsvSource({"1.0, 1", "1.0, 10", "3.5, 4", "-1.0, 1", "2.2, 24"})
    void frequenciesFollowTheFormula(double utility, int position) {
        double sigmoid = 1 / (1 + Math.exp(2.2 - utility));
        double examined = 1 / Math.sqrt(position);
        double[] shares = shares(utility, position);
        // Five standard deviations of a share are at most 0.0056.
        assertEquals(1 - examined * sigmoid, shares[Reaction.NONE.ordinal()], 0.006);
        assertEquals(examined * sigmoid * (1 - sigmoid), shares[Reaction.CLICK.ordinal()], 0.006);
        assertEquals(examined * sigmoid * sigmoid / 2, shares[Reaction.CART.ordinal()], 0.006);
        assertEquals(examined * sigmoid * sigmoid / 2, shares[Reaction.PURCHASE.ordinal()], 0.006);
    }

    @Test
    void judgingIsBrowsingThatExaminesForSure() {
        double[] judged = shares(1.5, 0);
        double[] first = shares(1.5, 1);
        for (int r = 0; r < judged.length; r++) {
            assertEquals(first[r], judged[r], 0.006);
        }
    }

    @Test
    void gradesRiseWithCommitment() {
        assertEquals(0, Reaction.NONE.grade());
        assertEquals(1, Reaction.CLICK.grade());
        assertEquals(2, Reaction.CART.grade());
        assertEquals(3, Reaction.PURCHASE.grade());
    }
}
