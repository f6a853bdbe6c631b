package dev.persona.bench.als;

import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Who did something with what, drawn so that few users do much and few items get much of it: the
 * activity of the user at rank r is in proportion to (r + 20)^-0.6, the popularity of the item at
 * rank r to (r + 10)^-0.8. A pair is there once, with a weight of 1 to 5.
 *
 * @param users number of users
 * @param items number of items
 * @param entries number of pairs
 * @param seed the same draws the same
 */
record PowerLawMatrix(int users, int items, int entries, long seed) {

    private static final double ACTIVITY = -0.6;
    private static final double POPULARITY = -0.8;
    private static final int MOST_WEIGHT = 5;

    /** Writes the number of pairs, then user, item and weight of each, big-endian. */
    void write(Path file) {
        SplittableRandom random = new SplittableRandom(seed);
        double[] userSums = sums(users, 20, ACTIVITY);
        double[] itemSums = sums(items, 10, POPULARITY);
        int[] userAt = shuffled(users, random);
        int[] itemAt = shuffled(items, random);
        long[] seen = new long[(int) (((long) users * items + 63) / 64)];
        try (DataOutputStream out =
                new DataOutputStream(
                        new BufferedOutputStream(Files.newOutputStream(file), 1 << 20))) {
            out.writeInt(entries);
            for (int drawn = 0; drawn < entries; ) {
                int user = userAt[draw(userSums, random)];
                int item = itemAt[draw(itemSums, random)];
                long cell = (long) user * items + item;
                if ((seen[(int) (cell >> 6)] & 1L << cell) == 0) {
                    seen[(int) (cell >> 6)] |= 1L << cell;
                    out.writeInt(user);
                    out.writeInt(item);
                    out.writeFloat(1 + random.nextInt(MOST_WEIGHT));
                    drawn++;
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static double[] sums(int count, int shift, double power) {
        double[] sums = new double[count];
        double sum = 0;
        for (int rank = 0; rank < count; rank++) {
            sum += Math.pow(rank + shift, power);
            sums[rank] = sum;
        }
        return sums;
    }

    private static int draw(double[] sums, SplittableRandom random) {
        int at = Arrays.binarySearch(sums, random.nextDouble() * sums[sums.length - 1]);
        return Math.min(at < 0 ? -at - 1 : at, sums.length - 1);
    }

    private static int[] shuffled(int count, SplittableRandom random) {
        int[] order = new int[count];
        Arrays.setAll(order, i -> i);
        for (int i = count - 1; i > 0; i--) {
            int other = random.nextInt(i + 1);
            int kept = order[i];
            order[i] = order[other];
            order[other] = kept;
        }
        return order;
    }
}
