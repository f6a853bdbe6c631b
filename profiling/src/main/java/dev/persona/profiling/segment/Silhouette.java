package dev.persona.profiling.segment;

import java.util.Arrays;

/**
 * How well points lie in their clusters: Rousseeuw, Silhouettes, a Graphical Aid to the
 * Interpretation and Validation of Cluster Analysis, Journal of Computational and Applied
 * Mathematics 20 (1987), doi:10.1016/0377-0427(87)90125-7.
 *
 * <p>With a(i) the mean distance of point i from the others of its cluster and b(i) the least mean
 * distance from those of another one, s(i) = (b(i) - a(i)) / max(a(i), b(i)), and 0 for a point
 * alone in its cluster. The distances between all points are kept, for one clustering after the
 * other: {@code float[n * n]}.
 */
final class Silhouette {
    private final int points;
    private final float[] distances;

    /** Takes the distances between all points. */
    Silhouette(double[][] points) {
        this.points = points.length;
        this.distances = new float[Math.multiplyExact(points.length, points.length)];
        for (int i = 0; i < points.length; i++) {
            for (int j = 0; j < i; j++) {
                float distance = (float) Math.sqrt(Distance.squared(points[i], points[j]));
                distances[i * points.length + j] = distance;
                distances[j * points.length + i] = distance;
            }
        }
    }

    /**
     * The mean of s(i) over all points, from -1 to 1.
     *
     * @param clusters the cluster of each point, from 0
     * @param count how many clusters there are, at least 2
     */
    double mean(int[] clusters, int count) {
        int[] sizes = new int[count];
        for (int cluster : clusters) {
            sizes[cluster]++;
        }
        double sum = 0;
        double[] toCluster = new double[count];
        for (int i = 0; i < points; i++) {
            Arrays.fill(toCluster, 0);
            int row = i * points;
            for (int j = 0; j < points; j++) {
                toCluster[clusters[j]] += distances[row + j];
            }
            sum += ofPoint(clusters[i], toCluster, sizes);
        }
        return sum / points;
    }

    private static double ofPoint(int own, double[] toCluster, int[] sizes) {
        if (sizes[own] == 1) {
            return 0;
        }
        double within = toCluster[own] / (sizes[own] - 1);
        double nearest = Double.POSITIVE_INFINITY;
        for (int cluster = 0; cluster < sizes.length; cluster++) {
            if (cluster != own && sizes[cluster] > 0) {
                nearest = Math.min(nearest, toCluster[cluster] / sizes[cluster]);
            }
        }
        double most = Math.max(within, nearest);
        return most == 0 || Double.isInfinite(nearest) ? 0 : (nearest - within) / most;
    }
}
