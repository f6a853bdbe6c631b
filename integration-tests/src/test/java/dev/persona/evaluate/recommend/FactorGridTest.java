package dev.persona.evaluate.recommend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import dev.persona.evaluate.history.Candidates;
import dev.persona.evaluate.recommend.FactorGrid.Point;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

class FactorGridTest {

    private static Point point(double all, double onlyNew) {
        return new Point(
                new FactorChoice(1, 1, 1),
                Map.of(Candidates.ALL, ndcg(all), Candidates.NEW, ndcg(onlyNew)));
    }

    private static Quality ndcg(double ndcg) {
        return new Quality(new double[] {0}, new double[] {ndcg}, 0, 0, 0);
    }

    @Test
    void theChosenOneHasTheLargestSumOfBothAndOfEqualOnesIsTheFirst() {
        List<Point> points = List.of(point(0.3, 0), point(0.25, 0.125), point(0.125, 0.25));
        assertSame(points.get(1), FactorGrid.best(points));
    }

    @Test
    void everyHalfLifeIsTriedWithEveryAlphaAndRegularization() {
        List<FactorChoice> choices = new FactorGrid(List.of(30, 90)).choices();
        assertEquals(2 * 3 * 4, choices.stream().distinct().count());
        assertEquals(
                Map.of(30, 12L, 90, 12L),
                choices.stream()
                        .collect(
                                Collectors.groupingBy(
                                        FactorChoice::halfLifeDays, Collectors.counting())));
    }
}
