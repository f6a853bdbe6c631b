package dev.persona.demo.measure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.persona.demo.measure.Bootstrap.Interval;

import org.junit.jupiter.api.Test;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

class BootstrapTest {

    @Test
    void intervalOfAMeanIsThatOfTheNormalDistribution() {
        RandomGenerator random = new SplittableRandom(3);
        double[] values = random.doubles(1000).map(x -> 5 + random.nextGaussian()).toArray();
        double mean = Arrays.stream(values).average().orElseThrow();
        Interval interval = Bootstrap.ofMean(values, 1);
        double half = 1.96 / Math.sqrt(1000);
        assertEquals(mean - half, interval.low(), 0.012);
        assertEquals(mean + half, interval.high(), 0.012);
    }

    @Test
    void ratioOfValuesThatAreAlwaysTwiceAsLargeIsTwoForSure() {
        double[] below = {1, 5, 2, 9};
        double[] above = {2, 10, 4, 18};
        assertEquals(new Interval(2, 2), Bootstrap.ofRatio(above, below, 1));
    }

    @Test
    void valuesWithoutPartnersAreRefused() {
        assertThrows(
                IllegalArgumentException.class,
                () -> Bootstrap.ofRatio(new double[2], new double[3], 1));
    }
}
