package dev.persona.profiling.profile;

/**
 * Exponential decay of sums, computed forward from a landmark (Cormode, Shkapenyuk, Srivastava, Xu:
 * Forward Decay, ICDE 2009): an event at time t adds its weight times 2^((t - landmark) /
 * half-life), and only reading the sum at a time looks at that time. So the sum does not depend on
 * the order in which events arrive, and nothing has to be touched as time passes.
 *
 * <p>Landmarks lie on a grid of {@value #HALF_LIVES_PER_LANDMARK} half-lives. Moving a sum from one
 * to the next multiplies it by a power of two, which loses no digit, so it does not matter when
 * that happens either.
 */
public final class ForwardDecay {
    /** Grid of the landmarks: 2^256 and back fits a double with room for a thousand events. */
    static final int HALF_LIVES_PER_LANDMARK = 256;

    private final long halfLife;

    /**
     * @param halfLife after how many milliseconds a weight counts half, at least 1
     * @throws IllegalArgumentException when it is not
     */
    public ForwardDecay(long halfLife) {
        if (halfLife < 1 || halfLife > Long.MAX_VALUE / (4L * HALF_LIVES_PER_LANDMARK)) {
            throw new IllegalArgumentException("half-life is out of range: " + halfLife + " ms");
        }
        this.halfLife = halfLife;
    }

    /** After how many milliseconds a weight counts half. */
    public long halfLife() {
        return halfLife;
    }

    /** The number of the landmark that a time belongs to. */
    long landmark(long time) {
        return Math.floorDiv(time, halfLife * HALF_LIVES_PER_LANDMARK);
    }

    /** What a time means to every sum that an event of that time is added to. */
    Moment moment(long time) {
        long landmark = landmark(time);
        return new Moment(landmark, scale(time, landmark));
    }

    /** What a weight of 1 at that time adds to a sum kept from that landmark. */
    double scale(long time, long landmark) {
        return StrictMath.pow(2, halfLives(time, landmark));
    }

    /** What is left at a time of a weight of 1 that was added at an earlier one. */
    public double between(long earlier, long time) {
        return StrictMath.pow(2, difference(earlier, time) / halfLife);
    }

    /** What a sum kept from one landmark has to be multiplied with to be kept from another. */
    static double move(long from, long to) {
        return StrictMath.pow(2, (double) (from - to) * HALF_LIVES_PER_LANDMARK);
    }

    /**
     * The value at a time of a sum that is kept from a landmark.
     *
     * @return a finite number: a sum that was nothing stays nothing, and one that would be too
     *     large, as the time lies far before the events, is the largest there is
     */
    double at(double sum, long landmark, long time) {
        if (sum == 0) {
            return 0;
        }
        double value = sum * StrictMath.pow(2, -halfLives(time, landmark));
        return Math.clamp(value, -Double.MAX_VALUE, Double.MAX_VALUE);
    }

    private double halfLives(long time, long landmark) {
        return difference(time, landmark * halfLife * HALF_LIVES_PER_LANDMARK) / halfLife;
    }

    /** Milliseconds between two times; whole wherever a long holds them. */
    private static double difference(long a, long b) {
        long difference = a - b;
        boolean overflow = ((a ^ b) & (a ^ difference)) < 0;
        return overflow ? (double) a - (double) b : difference;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ForwardDecay that && halfLife == that.halfLife;
    }

    @Override
    public int hashCode() {
        return Long.hashCode(halfLife);
    }

    @Override
    public String toString() {
        return "half-life " + halfLife + " ms";
    }

    /**
     * A time as sums see it.
     *
     * @param landmark the landmark that the time belongs to
     * @param scale what a weight of 1 at that time adds to a sum kept from that landmark
     */
    record Moment(long landmark, double scale) {
        /** What a weight of 1 at that time adds to a sum kept from another landmark. */
        double scaleFrom(long other) {
            return other == landmark ? scale : scale * move(landmark, other);
        }
    }
}
