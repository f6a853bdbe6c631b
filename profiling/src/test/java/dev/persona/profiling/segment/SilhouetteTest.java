package dev.persona.profiling.segment;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;

class SilhouetteTest {
    @Test
    void itIsTheMeanOfTheDefinition() {
        Random random = new Random(1);
        for (int count = 2; count < 7; count++) {
            double[][] points = new double[60][];
            Arrays.setAll(points, i -> random.doubles(3).toArray());
            int clusters = count;
            int[] of =
                    IntStream.range(0, 60)
                            .map(i -> i < clusters ? i : random.nextInt(clusters))
                            .toArray();
            double sum = 0;
            for (int i = 0; i < 60; i++) {
                double within = meanDistance(points, of, i, of[i]);
                double nearest = Double.MAX_VALUE;
                for (int cluster = 0; cluster < clusters; cluster++) {
                    if (cluster != of[i]) {
                        nearest = Math.min(nearest, meanDistance(points, of, i, cluster));
                    }
                }
                sum += (nearest - within) / Math.max(nearest, within);
            }
            assertEquals(sum / 60, new Silhouette(points).mean(of, clusters), 1e-6);
        }
    }

    private static double meanDistance(double[][] points, int[] of, int i, int cluster) {
        return IntStream.range(0, points.length)
                .filter(j -> j != i && of[j] == cluster)
                .mapToDouble(
                        j ->
                                Math.sqrt(
                                        IntStream.range(0, points[i].length)
                                                .mapToDouble(
                                                        d ->
                                                                Math.pow(
                                                                        points[i][d] - points[j][d],
                                                                        2))
                                                .sum()))
                .average()
                .orElseThrow();
    }

    /** 0 and 1 apart from 10 alone: s is 9/10, 8/9 and, for want of others, 0. */
    @Test
    void aPointAloneCountsZero() {
        double[][] points = {{0}, {1}, {10}};

        assertEquals(
                (9 / 10.0 + 8 / 9.0 + 0) / 3,
                new Silhouette(points).mean(new int[] {0, 0, 1}, 2),
                1e-6);
    }

    @Test
    void clustersOfTheSamePointsCountZero() {
        double[][] points = {{1}, {1}, {1}, {1}};

        assertEquals(0, new Silhouette(points).mean(new int[] {0, 0, 1, 1}, 2));
    }
}
