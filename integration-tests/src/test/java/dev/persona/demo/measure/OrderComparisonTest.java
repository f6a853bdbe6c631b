package dev.persona.demo.measure;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Map;

class OrderComparisonTest {

    @Test
    void tiesStayInFirstPassOrder() {
        int[] grades = {0, 1, 2, 3};
        assertArrayEquals(new int[] {2, 0, 1, 3}, Order.sorted(grades, new double[] {1, 1, 7, 1}));
        assertArrayEquals(grades, Order.sorted(grades, new double[4]));
    }

    @Test
    void ordersAreMeasuredOnTheSameWindows() {
        OrderComparison comparison = new OrderComparison(List.of("first", "best"), 1);
        double[] none = new double[3];
        comparison.add(new int[] {0, 0, 1}, Map.of("first", none, "best", new double[] {0, 0, 1}));
        comparison.add(new int[] {0, 1, 0}, Map.of("first", none, "best", new double[] {0, 1, 0}));
        comparison.add(new int[] {0, 0, 0}, Map.of("first", none, "best", none));
        assertEquals(2, comparison.sessions());
        assertEquals(1, comparison.withoutRelevant());
        assertEquals((0.5 + 1 / (Math.log(3) / Math.log(2))) / 2, comparison.mean("first"), 1e-12);
        assertEquals(1, comparison.mean("best"), 1e-12);
        assertEquals(1 / comparison.mean("first"), comparison.ratio("best", "first"), 1e-12);
    }

    @Test
    void anOrderLeftOutIsRefused() {
        OrderComparison comparison = new OrderComparison(List.of("first", "best"), 1);
        assertThrows(
                IllegalArgumentException.class,
                () -> comparison.add(new int[1], Map.of("first", new double[1])));
    }

    @Test
    void popularityWeighsEventsByTypeAndIgnoresWhatWasOnlyShown() {
        Popularity popularity = new Popularity();
        popularity.add("p1", "click");
        popularity.add("p1", "add_to_cart");
        popularity.add("p1", "purchase");
        popularity.add("p1", "impression");
        assertEquals(14, popularity.of("p1"));
        assertEquals(0, popularity.of("p2"));
    }
}
