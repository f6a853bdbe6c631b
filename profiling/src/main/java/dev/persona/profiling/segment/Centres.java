package dev.persona.profiling.segment;

/**
 * The middles of segments.
 *
 * @param dimensions length of each
 * @param values {@code float[count * dimensions]}, row-major; not copied, to be read only
 */
record Centres(int dimensions, float[] values) {

    static Centres of(double[][] rows) {
        int dimensions = rows[0].length;
        float[] values = new float[rows.length * dimensions];
        for (int row = 0; row < rows.length; row++) {
            for (int i = 0; i < dimensions; i++) {
                values[row * dimensions + i] = (float) rows[row][i];
            }
        }
        return new Centres(dimensions, values);
    }

    int count() {
        return values.length / dimensions;
    }

    /** The one with the least Euclidean distance from a point; of several, the first. */
    int nearest(double[] point) {
        return nearest(point, dimensions);
    }

    /** The nearest in the first so many dimensions alone. */
    int nearest(double[] point, int first) {
        int nearest = 0;
        double least = Double.POSITIVE_INFINITY;
        for (int row = 0, at = 0; at < values.length; row++, at += dimensions) {
            double squares = 0;
            for (int i = 0; i < first; i++) {
                double difference = point[i] - values[at + i];
                squares += difference * difference;
            }
            if (squares < least) {
                least = squares;
                nearest = row;
            }
        }
        return nearest;
    }
}
