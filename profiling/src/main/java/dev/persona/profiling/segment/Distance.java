package dev.persona.profiling.segment;

/** Euclidean distance. */
final class Distance {
    private Distance() {}

    static double squared(double[] a, double[] b) {
        double squares = 0;
        for (int i = 0; i < a.length; i++) {
            double difference = a[i] - b[i];
            squares += difference * difference;
        }
        return squares;
    }
}
