package dev.persona.demo.measure;

import java.util.Arrays;
import java.util.Comparator;

/** Puts a window in the order of some keys. */
public final class Order {

    private Order() {}

    /**
     * The grades of a window after sorting it by the keys.
     *
     * @param grades in first-pass order
     * @param keys in first-pass order, as many; highest first, ties stay in first-pass order
     */
    public static int[] sorted(int[] grades, double[] keys) {
        if (grades.length != keys.length) {
            throw new IllegalArgumentException(
                    "needs a key for each grade, had " + keys.length + " for " + grades.length);
        }
        Integer[] places = new Integer[keys.length];
        Arrays.setAll(places, i -> i);
        // Sorting objects is stable, which is what keeps ties in first-pass order.
        Arrays.sort(places, Comparator.comparingDouble(i -> -keys[i]));
        return Arrays.stream(places).mapToInt(i -> grades[i]).toArray();
    }
}
