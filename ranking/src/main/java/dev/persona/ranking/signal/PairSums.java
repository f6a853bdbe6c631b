package dev.persona.ranking.signal;

import java.util.Arrays;
import java.util.function.IntConsumer;
import java.util.function.LongConsumer;

/**
 * What each user has done with each item, both by number: a hash table with open addressing, which
 * takes {@value #SLOT_BYTES} bytes a slot and boxes nothing.
 */
final class PairSums {
    /** The day of a purchase where there was none. */
    static final int NEVER = Integer.MIN_VALUE;

    /** The day of purchases on several days. */
    static final int SEVERAL = Integer.MAX_VALUE;

    private static final long FREE = -1;
    private static final int SLOT_BYTES =
            2 * Long.BYTES + Double.BYTES + Float.BYTES + Integer.BYTES;
    private static final int MOST_SLOTS = 1 << 29;

    /** 2^64 over the golden ratio: spreads numbers that follow each other (Knuth, vol. 3, 6.4). */
    private static final long SPREAD = 0x9E3779B97F4A7C15L;

    private final LongConsumer memory;
    private long[] keys;
    private double[] sums;
    private float[] heaviest;
    private long[] last;
    private int[] bought;
    private int size;

    /**
     * None yet.
     *
     * @param memory told of bytes before they are taken, and when they are given back
     */
    PairSums(LongConsumer memory) {
        this.memory = memory;
        allocate(1024);
    }

    private void allocate(int slots) {
        memory.accept((long) slots * SLOT_BYTES);
        keys = new long[slots];
        sums = new double[slots];
        heaviest = new float[slots];
        last = new long[slots];
        bought = new int[slots];
        Arrays.fill(keys, FREE);
    }

    /**
     * The slot of a pair, which is a new one when the pair is; good until the next is asked for.
     */
    int slot(int user, int item) {
        long key = (long) user << Integer.SIZE | item;
        int slot = slot(key);
        if (keys[slot] == FREE) {
            if (size >= keys.length / 3 * 2) {
                grow();
                slot = slot(key);
            }
            keys[slot] = key;
            last[slot] = Long.MIN_VALUE;
            bought[slot] = NEVER;
            size++;
        }
        return slot;
    }

    /** Where a key is, or would be. */
    private int slot(long key) {
        int mask = keys.length - 1;
        int slot = (int) (key * SPREAD >>> Integer.SIZE) & mask;
        while (keys[slot] != key && keys[slot] != FREE) {
            slot = slot + 1 & mask;
        }
        return slot;
    }

    private void grow() {
        if (keys.length == MOST_SLOTS) {
            throw new IllegalStateException("more than " + size + " pairs of a user and an item");
        }
        long[] oldKeys = keys;
        double[] oldSums = sums;
        float[] oldHeaviest = heaviest;
        long[] oldLast = last;
        int[] oldBought = bought;
        allocate(2 * keys.length);
        for (int i = 0; i < oldKeys.length; i++) {
            if (oldKeys[i] != FREE) {
                int slot = slot(oldKeys[i]);
                keys[slot] = oldKeys[i];
                sums[slot] = oldSums[i];
                heaviest[slot] = oldHeaviest[i];
                last[slot] = oldLast[i];
                bought[slot] = oldBought[i];
            }
        }
        memory.accept(-(long) oldKeys.length * SLOT_BYTES);
    }

    /** Adds to the sum of decayed weights. */
    void add(int slot, double weight) {
        sums[slot] += weight;
    }

    /** Something that speaks for the item was done, of so much weight before decay. */
    void taken(int slot, float weight, long time) {
        heaviest[slot] = Math.max(heaviest[slot], weight);
        last[slot] = Math.max(last[slot], time);
    }

    /** The item was bought on a day, or on what this says of others who count as the same. */
    void bought(int slot, int day) {
        if (bought[slot] == NEVER) {
            bought[slot] = day;
        } else if (day != NEVER && day != bought[slot]) {
            bought[slot] = SEVERAL;
        }
    }

    int size() {
        return size;
    }

    /** Tells of the slots of all pairs, in no order. */
    void forEach(IntConsumer each) {
        for (int slot = 0; slot < keys.length; slot++) {
            if (keys[slot] != FREE) {
                each.accept(slot);
            }
        }
    }

    int user(int slot) {
        return (int) (keys[slot] >>> Integer.SIZE);
    }

    int item(int slot) {
        return (int) keys[slot];
    }

    /** Sum of decayed weights. */
    double sum(int slot) {
        return sums[slot];
    }

    /** Weight of the heaviest thing done that speaks for the item; 0 when there was none. */
    float heaviest(int slot) {
        return heaviest[slot];
    }

    /** When that was last done. */
    long last(int slot) {
        return last[slot];
    }

    /** On which day the item was bought, or {@link #NEVER}, or {@link #SEVERAL}. */
    int bought(int slot) {
        return bought[slot];
    }

    /** All of them by user. */
    SignalSums.Pairs sums(int users) {
        int[] counts = new int[users];
        forEach(slot -> counts[user(slot)]++);
        int[] next = new int[users];
        for (int user = 1; user < users; user++) {
            next[user] = next[user - 1] + counts[user - 1];
        }
        SignalSums.Pairs pairs =
                new SignalSums.Pairs(
                        counts,
                        new int[size],
                        new double[size],
                        new float[size],
                        new long[size],
                        new int[size]);
        forEach(
                slot -> {
                    int place = next[user(slot)]++;
                    pairs.items()[place] = item(slot);
                    pairs.weights()[place] = sums[slot];
                    pairs.heaviest()[place] = heaviest[slot];
                    pairs.last()[place] = last[slot];
                    pairs.bought()[place] = bought[slot];
                });
        return pairs;
    }

    /**
     * Adds sums that others have made.
     *
     * @param userOf number here of each of their users
     * @param itemOf number here of each of their items
     */
    void add(SignalSums.Pairs others, int[] userOf, int[] itemOf) {
        int next = 0;
        for (int user = 0; user < userOf.length; user++) {
            for (int end = next + others.counts()[user]; next < end; next++) {
                int slot = slot(userOf[user], itemOf[others.items()[next]]);
                add(slot, others.weights()[next]);
                taken(slot, others.heaviest()[next], others.last()[next]);
                bought(slot, others.bought()[next]);
            }
        }
    }
}
