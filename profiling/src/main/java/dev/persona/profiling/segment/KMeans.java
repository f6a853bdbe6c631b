package dev.persona.profiling.segment;

import org.hipparchus.clustering.CentroidCluster;
import org.hipparchus.clustering.DoublePoint;
import org.hipparchus.clustering.KMeansPlusPlusClusterer;
import org.hipparchus.clustering.distance.DistanceMeasure;
import org.hipparchus.random.RandomGenerator;
import org.hipparchus.random.Well19937c;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;

/**
 * k-means with the beginning of k-means++ (Arthur, Vassilvitskii: k-means++, the Advantages of
 * Careful Seeding, SODA 2007) by Hipparchus; of several runs from other beginnings the one with the
 * least sum of squared distances, as one alone often puts two groups in one and splits a third.
 *
 * <p>Hipparchus has a class for several runs too. It compares them by the variance of the
 * distances, which is not what k-means makes small.
 */
final class KMeans {
    /** Groups that are there are found in 10 to 30; where there are none, a run has no end. */
    private static final int MOST_ITERATIONS = 50;

    private static final Comparator<CentroidCluster<DoublePoint>> LARGEST_FIRST =
            Comparator.comparingInt(cluster -> -cluster.getPoints().size());

    private final int runs;
    private final long seed;
    private final BooleanSupplier cancelled;

    KMeans(int runs, long seed, BooleanSupplier cancelled) {
        this.runs = runs;
        this.seed = seed;
        this.cancelled = cancelled;
    }

    /**
     * The centres, that of the largest cluster first.
     *
     * @param points at least as many different ones as centres
     * @throws CancellationException once cancelled
     */
    Centres centres(double[][] points, int count) {
        List<DoublePoint> wrapped = Arrays.stream(points).map(DoublePoint::new).toList();
        RandomGenerator random = new Well19937c(seed);
        DistanceMeasure distance = new CancellableDistance(cancelled);
        double least = Double.POSITIVE_INFINITY;
        double[][] best = {};
        for (int run = 0; run < runs; run++) {
            List<CentroidCluster<DoublePoint>> clusters =
                    new KMeansPlusPlusClusterer<DoublePoint>(
                                    count, MOST_ITERATIONS, distance, random)
                            .cluster(wrapped);
            double squares = squares(clusters);
            if (squares < least) {
                least = squares;
                best =
                        clusters.stream()
                                .sorted(LARGEST_FIRST)
                                .map(cluster -> cluster.getCenter().getPoint())
                                .toArray(double[][]::new);
            }
        }
        return Centres.of(best);
    }

    private static double squares(List<CentroidCluster<DoublePoint>> clusters) {
        double sum = 0;
        for (CentroidCluster<DoublePoint> cluster : clusters) {
            double[] centre = cluster.getCenter().getPoint();
            for (DoublePoint point : cluster.getPoints()) {
                sum += Distance.squared(centre, point.getPoint());
            }
        }
        return sum;
    }

    /** The only place at which the library can be told to stop. */
    private static final class CancellableDistance implements DistanceMeasure {
        private static final long serialVersionUID = 1L;

        /** So many distances of 100 dimensions take less than a millisecond. */
        private static final int CALLS_PER_LOOK = 4096;

        private final transient BooleanSupplier cancelled;
        private int calls;

        CancellableDistance(BooleanSupplier cancelled) {
            this.cancelled = cancelled;
        }

        @Override
        public double compute(double[] a, double[] b) {
            if (calls++ % CALLS_PER_LOOK == 0 && cancelled.getAsBoolean()) {
                throw new CancellationException("the segmentation was cancelled");
            }
            return Math.sqrt(Distance.squared(a, b));
        }
    }
}
