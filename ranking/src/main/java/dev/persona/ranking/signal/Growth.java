package dev.persona.ranking.signal;

import java.util.Arrays;
import java.util.function.LongConsumer;

/**
 * Longer arrays, by half of what they were at least. The memory for one is asked for before it is
 * made, and that of the shorter one given back after.
 */
final class Growth {
    private static final int LONGEST = Integer.MAX_VALUE - 8;

    private Growth() {}

    static int[] ints(int[] shorter, int least, LongConsumer memory) {
        int length = length(shorter.length, least);
        memory.accept((long) length * Integer.BYTES);
        int[] longer = Arrays.copyOf(shorter, length);
        memory.accept(-(long) shorter.length * Integer.BYTES);
        return longer;
    }

    static double[] doubles(double[] shorter, int least, LongConsumer memory) {
        int length = length(shorter.length, least);
        memory.accept((long) length * Double.BYTES);
        double[] longer = Arrays.copyOf(shorter, length);
        memory.accept(-(long) shorter.length * Double.BYTES);
        return longer;
    }

    private static int length(int before, int least) {
        return (int) Math.min(LONGEST, Math.max(least, before + (before >> 1) + 1L));
    }
}
