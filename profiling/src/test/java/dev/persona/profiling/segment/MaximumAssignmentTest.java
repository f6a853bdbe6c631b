package dev.persona.profiling.segment;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;

class MaximumAssignmentTest {
    /** Over all ways to give each row a column or none. */
    private static long best(long[][] gains, int columns, int row, int taken) {
        if (row == gains.length) {
            return 0;
        }
        long best = best(gains, columns, row + 1, taken);
        for (int column = 0; column < columns; column++) {
            if ((taken & 1 << column) == 0) {
                long rest = best(gains, columns, row + 1, taken | 1 << column);
                best = Math.max(best, gains[row][column] + rest);
            }
        }
        return best;
    }

    @Test
    void noOtherPairsGainMore() {
        Random random = new Random(1);
        for (int round = 0; round < 500; round++) {
            int columns = random.nextInt(6);
            long[][] gains = new long[1 + random.nextInt(5)][columns];
            for (long[] row : gains) {
                Arrays.setAll(row, i -> Math.max(0, random.nextInt(12) - 4));
            }
            long sum = 0;
            Set<Integer> taken = new HashSet<>();
            int[] columnOf = MaximumAssignment.of(gains, columns);
            for (int row = 0; row < gains.length; row++) {
                if (columnOf[row] != MaximumAssignment.NONE) {
                    assertTrue(taken.add(columnOf[row]));
                    assertTrue(gains[row][columnOf[row]] > 0);
                    sum += gains[row][columnOf[row]];
                }
            }
            assertEquals(best(gains, columns, 0, 0), sum);
        }
    }

    @Test
    void theLargestGainIsLeftWhereTwoOthersGainMore() {
        assertArrayEquals(
                new int[] {1, 0}, MaximumAssignment.of(new long[][] {{50, 49}, {49, 0}}, 2));
    }
}
