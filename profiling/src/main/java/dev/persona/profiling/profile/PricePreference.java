package dev.persona.profiling.profile;

/**
 * The price level of the items a user turns to: weighted mean and standard deviation of the natural
 * logarithm of their prices, so that 10 to 20 is as far as 100 to 200.
 *
 * <p>Kept as three sums (weight, weight * ln price, weight * ln price squared) from a landmark.
 * Only events with a positive weight count.
 */
public final class PricePreference {
    private double weight;
    private double sum;
    private double squares;

    PricePreference() {}

    PricePreference(double weight, double sum, double squares) {
        this.weight = weight;
        this.sum = sum;
        this.squares = squares;
    }

    void add(double price, double eventWeight) {
        double log = StrictMath.log(price);
        weight += eventWeight;
        sum += eventWeight * log;
        squares += eventWeight * log * log;
    }

    void multiply(double factor) {
        weight *= factor;
        sum *= factor;
        squares *= factor;
    }

    /** Whether any price has been seen. */
    public boolean isKnown() {
        return weight > 0;
    }

    /** Sum of the weights, from the profile's landmark. */
    public double weight() {
        return weight;
    }

    /** Mean of ln price; NaN when unknown. */
    public double meanLog() {
        return weight > 0 ? sum / weight : Double.NaN;
    }

    /** Standard deviation of ln price; NaN when unknown. */
    public double deviationLog() {
        double mean = meanLog();
        return weight > 0 ? Math.sqrt(Math.max(squares / weight - mean * mean, 0)) : Double.NaN;
    }

    double sum() {
        return sum;
    }

    double squares() {
        return squares;
    }
}
