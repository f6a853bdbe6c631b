package dev.persona.evaluate.recommend;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.persona.evaluate.history.Candidates;
import dev.persona.evaluate.history.History;
import dev.persona.evaluate.history.Purchases;
import dev.persona.profiling.factorization.AlsParameters;
import dev.persona.profiling.factorization.FactorModel;
import dev.persona.profiling.factorization.IdIndex;

import org.junit.jupiter.api.Test;

import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

class RecommenderTest {

    /** Buyers: a 1, b 2, c 3, d 1. */
    private final History history =
            new Purchases()
                    .add("u1", "a", "2011-01-01")
                    .add("u1", "a", "2011-01-02")
                    .add("u1", "b", "2011-01-02")
                    .add("u2", "b", "2011-01-03")
                    .add("u2", "c", "2011-01-03")
                    .add("u3", "c", "2011-01-03")
                    .add("u4", "c", "2011-01-03")
                    .add("u4", "d", "2011-01-03")
                    .history();

    @Test
    void popularityIsByBuyersAndEqualOnesAreById() {
        MostBought popularity = new MostBought(history);
        assertEquals(List.of("c", "b", "a", "d"), popularity.items("u1", Candidates.ALL));
        assertEquals(List.of("c", "d"), popularity.items("u1", Candidates.NEW));
    }

    @Test
    void ownPurchasesAreByOccasionsAndTheRestByBuyers() {
        OwnPurchases own = new OwnPurchases(history);
        assertEquals(List.of("a", "b", "c", "d"), own.items("u1", Candidates.ALL));
        assertEquals(List.of("c", "d"), own.items("u1", Candidates.NEW));
    }

    @Test
    void plainFactorsAreByTheProductAndWhatHasNoVectorIsLast() {
        float[] items = {-1, 2, 1};
        FactorModel model =
                new FactorModel(
                        IdIndex.of(List.of("u1")),
                        IdIndex.of(List.of("a", "b", "d")),
                        new float[] {1},
                        items,
                        new AlsParameters(1, 1, 1, 1, 1),
                        List.of());
        PlainFactors factors = new PlainFactors(history, model);
        assertEquals(List.of("b", "d", "a", "c"), factors.items("u1", Candidates.ALL));
        assertEquals(List.of("d", "c"), factors.items("u1", Candidates.NEW));
    }

    @Test
    void theBestItemsAreThoseOfAFullSort() {
        Purchases purchases = new Purchases();
        IntStream.range(100, 300).forEach(i -> purchases.add("u", "i" + i, "2011-01-01"));
        History many = purchases.history();
        Random random = new Random(1);
        double[] scores = IntStream.range(0, 200).mapToDouble(i -> random.nextInt(50)).toArray();
        List<String> sorted =
                IntStream.range(0, 200)
                        .boxed()
                        .sorted(Comparator.comparingDouble(i -> -scores[i]))
                        .limit(Recommender.SIZE)
                        .map(i -> many.items().id(i))
                        .toList();
        assertEquals(sorted, new BestItems(many, scores).of(0, Candidates.ALL));
    }
}
