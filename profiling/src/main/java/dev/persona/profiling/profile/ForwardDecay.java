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

    /** The number of the landmark that a time belongs to. */
    long landmark(long time) {
        return Math.floorDiv(time, halfLife * HALF_LIVES_PER_LANDMARK);
    }

    /** What a weight of 1 at that time adds to a sum kept from that landmark. */
    double scale(long time, long landmark) {
        double halfLives =
                (double) (time - landmark * halfLife * HALF_LIVES_PER_LANDMARK) / halfLife;
        return StrictMath.pow(2, halfLives);
    }

    /** What is left at a time of a weight of 1 that was added at an earlier one. */
    public double between(long earlier, long time) {
        return StrictMath.pow(2, (double) (earlier - time) / halfLife);
    }

    /** What a sum kept from one landmark has to be multiplied with to be kept from another. */
    static double move(long from, long to) {
        return StrictMath.pow(2, (double) (from - to) * HALF_LIVES_PER_LANDMARK);
    }

    /** What a sum kept from that landmark has to be multiplied with to give its value at a time. */
    public double at(long time, long landmark) {
        return 1 / scale(time, landmark);
    }
}
