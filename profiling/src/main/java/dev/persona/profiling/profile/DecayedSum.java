package dev.persona.profiling.profile;

/**
 * One sum of weights that fade: kept from the landmark of its latest event, so that an earlier one
 * of long silence still has all its digits.
 */
final class DecayedSum {
    /** The landmark of a sum that nothing has been added to. */
    static final long NO_LANDMARK = Long.MIN_VALUE;

    private double sum;
    private long landmark = NO_LANDMARK;

    DecayedSum() {}

    DecayedSum(double sum, long landmark) {
        this.sum = sum;
        this.landmark = landmark;
    }

    void add(double weight, ForwardDecay.Moment moment) {
        reach(moment.landmark());
        sum += weight * moment.scaleFrom(landmark);
    }

    void absorb(DecayedSum other) {
        if (other.landmark != NO_LANDMARK) {
            reach(other.landmark);
            sum += other.sum * ForwardDecay.move(other.landmark, landmark);
        }
    }

    private void reach(long needed) {
        if (landmark == NO_LANDMARK) {
            landmark = needed;
        } else if (needed > landmark) {
            sum *= ForwardDecay.move(landmark, needed);
            landmark = needed;
        }
    }

    double at(long time, ForwardDecay decay) {
        return decay.at(sum, landmark, time);
    }

    double sum() {
        return sum;
    }

    long landmark() {
        return landmark;
    }
}
