package dev.persona.demo.shop;

import java.util.random.RandomGenerator;

/** Draws indexes with probabilities in proportion to given weights. */
final class WeightedChoice {

    private final double[] cumulative;

    /**
     * @param weights at least one above zero, none below
     */
    WeightedChoice(double[] weights) {
        cumulative = new double[weights.length];
        double sum = 0;
        for (int i = 0; i < weights.length; i++) {
            if (!(weights[i] >= 0)) {
                throw new IllegalArgumentException(
                        "weight " + i + " must be at least 0, was " + weights[i]);
            }
            sum += weights[i];
            cumulative[i] = sum;
        }
        if (!(sum > 0)) {
            throw new IllegalArgumentException("no weight above 0 among " + weights.length);
        }
    }

    int draw(RandomGenerator random) {
        double at = random.nextDouble() * cumulative[cumulative.length - 1];
        int low = 0;
        int high = cumulative.length - 1;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (cumulative[middle] > at) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }
}
