package dev.persona.profiling.profile;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import java.io.IOException;

/**
 * The price level of the items a user turns to: weighted mean and standard deviation of the natural
 * logarithm of their prices, so that 10 to 20 is as far as 100 to 200.
 *
 * <p>Kept as three sums (weight, weight * ln price, weight * ln price squared) from the landmark of
 * the latest event. Only events with a positive weight count.
 */
public final class PricePreference {
    private double weight;
    private double sum;
    private double squares;
    private long landmark = DecayedSum.NO_LANDMARK;

    PricePreference() {}

    void add(double log, double eventWeight, ForwardDecay.Moment moment) {
        reach(moment.landmark());
        double scaled = eventWeight * moment.scaleFrom(landmark);
        weight += scaled;
        sum += scaled * log;
        squares += scaled * log * log;
    }

    void absorb(PricePreference other) {
        if (other.landmark != DecayedSum.NO_LANDMARK) {
            reach(other.landmark);
            double factor = ForwardDecay.move(other.landmark, landmark);
            weight += other.weight * factor;
            sum += other.sum * factor;
            squares += other.squares * factor;
        }
    }

    private void reach(long needed) {
        if (landmark == DecayedSum.NO_LANDMARK) {
            landmark = needed;
        } else if (needed > landmark) {
            double factor = ForwardDecay.move(landmark, needed);
            weight *= factor;
            sum *= factor;
            squares *= factor;
            landmark = needed;
        }
    }

    /** Whether any price has been seen. */
    public boolean isKnown() {
        return weight > 0;
    }

    /** Sum of the weights, faded to a time. */
    public double weight(long now, ForwardDecay decay) {
        return decay.at(weight, landmark, now);
    }

    /** Sum of the weights from a landmark. */
    double weightFrom(long other) {
        return weight * ForwardDecay.move(landmark, other);
    }

    /** Where its sums are kept from. */
    long landmark() {
        return landmark;
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

    /** An array of landmark, weight, sum, squares. */
    void write(JsonGenerator json) throws IOException {
        json.writeStartArray();
        json.writeNumber(landmark);
        json.writeNumber(weight);
        json.writeNumber(sum);
        json.writeNumber(squares);
        json.writeEndArray();
    }

    static PricePreference read(JsonNode json) {
        PricePreference price = new PricePreference();
        price.landmark = json.path(0).asLong();
        price.weight = json.path(1).asDouble();
        price.sum = json.path(2).asDouble();
        price.squares = json.path(3).asDouble();
        return price;
    }

    void show(ObjectNode json, long now, ForwardDecay decay) {
        json.put("mean", Rounded.of(Math.exp(meanLog())));
        json.put("spread", Rounded.of(Math.exp(deviationLog())));
        json.put("weight", Rounded.of(weight(now, decay)));
    }
}
