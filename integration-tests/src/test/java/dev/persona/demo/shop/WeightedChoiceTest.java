package dev.persona.demo.shop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

import java.util.SplittableRandom;

class WeightedChoiceTest {

    @Test
    void drawsInProportionAndNeverWhatWeighsNothing() {
        WeightedChoice choice = new WeightedChoice(new double[] {0, 1, 0, 3, 0});
        SplittableRandom random = new SplittableRandom(1);
        int[] counts = new int[5];
        for (int i = 0; i < 40_000; i++) {
            counts[choice.draw(random)]++;
        }
        assertEquals(0, counts[0] + counts[2] + counts[4]);
        assertEquals(10_000, counts[1], 450);
    }

    @Test
    void weightsBelowZeroOrAllZeroAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> new WeightedChoice(new double[] {-1}));
        assertThrows(IllegalArgumentException.class, () -> new WeightedChoice(new double[] {0}));
    }
}
