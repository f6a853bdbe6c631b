package dev.persona.ranking.signal;

import dev.persona.profiling.profile.ForwardDecay;
import dev.persona.profiling.profile.RecentItem;

import java.util.Objects;
import java.util.OptionalLong;

/**
 * Which stored events item vectors and item behaviour are learned from, and how these fade. Who is
 * folded in later is weighed the same way, or the vectors would not fit.
 *
 * @param length how old an event may be, in milliseconds; empty where all count
 * @param decay how the weights of events fade
 * @param minEvents users and items with fewer events are left out of the factorization
 */
public record TrainingWindow(OptionalLong length, ForwardDecay decay, int minEvents) {
    /**
     * No more counts than this, such as what is said to happen in a far future: it has room in
     * single precision, and in sums and squares of it.
     */
    static final double MOST_WEIGHT = 1e9;

    /**
     * Checks the bounds.
     *
     * @throws IllegalArgumentException when a number is below 1
     */
    public TrainingWindow {
        Objects.requireNonNull(decay);
        if (length.isPresent() && length.getAsLong() < 1) {
            throw new IllegalArgumentException(
                    "the window must be at least 1 ms long, was " + length.getAsLong());
        }
        if (minEvents < 1) {
            throw new IllegalArgumentException("at least 1 event, was " + minEvents);
        }
    }

    /** All events of all users and items. */
    public static TrainingWindow all(ForwardDecay decay) {
        return new TrainingWindow(OptionalLong.empty(), decay, 1);
    }

    /** The earliest time of an event that counts at a time, both in milliseconds since 1970. */
    public long since(long now) {
        return length.isPresent() ? now - length.getAsLong() : Long.MIN_VALUE;
    }

    /** What a user's events about an item weigh at a time in milliseconds since 1970. */
    float weight(RecentItem item, long now) {
        return (float) Math.min(item.weight(now, decay, since(now)), MOST_WEIGHT);
    }
}
