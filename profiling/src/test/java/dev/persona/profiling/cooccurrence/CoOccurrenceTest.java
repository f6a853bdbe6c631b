package dev.persona.profiling.cooccurrence;

import static dev.persona.profiling.cooccurrence.Association.COSINE;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.persona.profiling.factorization.Interactions;
import dev.persona.profiling.factorization.InteractionsBuilder;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

class CoOccurrenceTest {
    @ParameterizedTest
    @EnumSource
    void theRelatedItemsAreThoseOfANaiveCount(Association association) {
        for (int most : new int[] {1, 7, 1000}) {
            relatedAsByANaiveCount(
                    shop(150, 200, 1), new CoOccurrenceParameters(association, 3, most, 2, 500));
        }
    }

    @ParameterizedTest
    @EnumSource
    void aUserCountsWithNoMoreThanTheHeaviestItems(Association association) {
        relatedAsByANaiveCount(
                shop(150, 100, 2), new CoOccurrenceParameters(association, 0, 20, 1, 5));
    }

    private static void relatedAsByANaiveCount(
            Interactions shop, CoOccurrenceParameters parameters) {
        NaiveCoOccurrence naive = new NaiveCoOccurrence(shop, parameters);

        RelatedItems related = relate(shop, parameters);

        int pairs = 0;
        for (int item = 0; item < naive.items(); item++) {
            int[] others = related.relatedTo(item);
            float[] scores = related.scoresOf(item);
            double[] best = naive.best(item);
            assertEquals(best.length, others.length);
            assertEquals(others.length, Arrays.stream(others).distinct().count());
            for (int i = 0; i < others.length; i++) {
                assertEquals(best[i], scores[i], 1e-5 * best[i]);
                assertEquals(naive.score(item, others[i]), scores[i], 1e-5 * best[i]);
            }
            pairs += others.length;
        }
        assertTrue(pairs > naive.items() / 2, "the shop is too empty to say anything: " + pairs);
    }

    @Test
    void whatIsBoughtTogetherIsRelatedAndWhatEveryoneBuysIsNot() {
        InteractionsBuilder builder = Interactions.builder();
        for (int user = 0; user < 10; user++) {
            builder.add("u" + user, "bag", 1);
            builder.add("u" + user, user < 4 ? "lamp" : "rope", 1);
            builder.add("u" + user, user < 4 ? "bulb" : "hook", 1);
        }

        RelatedItems related = relate(builder.build(), CoOccurrenceParameters.DEFAULT);

        assertEquals(List.of("bulb"), idsRelatedTo("lamp", related));
        assertEquals(List.of("rope"), idsRelatedTo("hook", related));
        assertEquals(List.of(), idsRelatedTo("bag", related));
    }

    @ParameterizedTest
    @EnumSource
    void theResultIsTheSameOnOneThreadAndOnSeveral(Association association) {
        Interactions shop = shop(400, 700, 3);
        CoOccurrenceParameters parameters = new CoOccurrenceParameters(association, 1, 10, 2, 30);
        RelatedItems one = relate(shop, parameters);
        try (ExecutorService pool = Executors.newFixedThreadPool(3)) {
            for (int threads = 2; threads <= 4; threads++) {
                RelatedItems several =
                        new CoOccurrence(parameters, threads, pool).relate(shop, () -> false);

                assertArrayEquals(one.offsets(), several.offsets());
                assertArrayEquals(one.related(), several.related());
                assertArrayEquals(one.scores(), several.scores());
            }
        }
    }

    @Test
    void itemsOfTheSameScoreComeByTheirIndexAndTheFirstOfThemAreKept() {
        InteractionsBuilder builder = Interactions.builder().add("cid", "z", 1);
        for (String item : List.of("e", "b", "d", "a", "c")) {
            builder.add("ann", item, 1).add("bob", item, 1);
        }
        Interactions shop = builder.build();

        for (Association association : Association.values()) {
            RelatedItems related =
                    relate(shop, new CoOccurrenceParameters(association, 0, 3, 2, 500));

            assertEquals(List.of("a", "b", "d"), idsRelatedTo("c", related));
            assertEquals(List.of("b", "c", "d"), idsRelatedTo("a", related));
        }
    }

    @Test
    void pairsOfTooFewUsersAreLeftOut() {
        Interactions shop =
                Interactions.builder()
                        .add("ann", "a", 1)
                        .add("ann", "b", 1)
                        .add("ann", "c", 1)
                        .add("bob", "a", 1)
                        .add("bob", "b", 1)
                        .add("cid", "c", 1)
                        .build();

        assertEquals(List.of("b", "c"), idsRelatedTo("a", relate(shop, cosine(1, 500))));
        assertEquals(List.of("b"), idsRelatedTo("a", relate(shop, cosine(2, 500))));
        assertEquals(List.of(), idsRelatedTo("a", relate(shop, cosine(3, 500))));
    }

    @Test
    void ofItemsOfTheSameWeightAUserCountsWithTheFirst() {
        Interactions shop =
                Interactions.builder()
                        .add("ann", "a", 1)
                        .add("ann", "b", 2)
                        .add("ann", "c", 1)
                        .add("ann", "d", 1)
                        .add("ann", "e", 2)
                        .build();

        RelatedItems related = relate(shop, cosine(1, 3));

        assertEquals(List.of("b", "e"), idsRelatedTo("a", related));
        assertEquals(List.of("a", "e"), idsRelatedTo("b", related));
        assertEquals(List.of(), idsRelatedTo("c", related));
        assertEquals(List.of(), idsRelatedTo("d", related));
    }

    @Test
    void weightsDoNotChangeTheScores() {
        InteractionsBuilder light = Interactions.builder();
        InteractionsBuilder heavy = Interactions.builder();
        Random random = new Random(4);
        for (int i = 0; i < 500; i++) {
            String user = "u" + random.nextInt(50);
            String item = "i" + random.nextInt(40);
            light.add(user, item, 1);
            heavy.add(user, item, 1 + random.nextInt(9));
        }

        RelatedItems ofLight = relate(light.build(), CoOccurrenceParameters.DEFAULT);
        RelatedItems ofHeavy = relate(heavy.build(), CoOccurrenceParameters.DEFAULT);

        assertArrayEquals(ofLight.related(), ofHeavy.related());
        assertArrayEquals(ofLight.scores(), ofHeavy.scores());
    }

    @Test
    void whereThereIsNothingNothingIsRelated() {
        RelatedItems related =
                relate(Interactions.builder().build(), CoOccurrenceParameters.DEFAULT);

        assertEquals(0, related.items().size());
        assertArrayEquals(new int[] {0}, related.offsets());
    }

    @Test
    void cancellingStopsItBeforeTheNextListOfItems() {
        Interactions shop = shop(200, 150, 1);
        // Each user is asked for twice while the lists are made, once for each of the items then.
        for (int last : new int[] {30, 230, 430}) {
            AtomicInteger asked = new AtomicInteger();
            CoOccurrence coOccurrence = new CoOccurrence(CoOccurrenceParameters.DEFAULT);

            assertThrows(
                    CancellationException.class,
                    () -> coOccurrence.relate(shop, () -> asked.incrementAndGet() == last));

            assertEquals(last, asked.get());
        }
    }

    @Test
    void fewerThanOneThreadIsRefused() {
        assertThrows(
                IllegalArgumentException.class,
                () -> new CoOccurrence(CoOccurrenceParameters.DEFAULT, 0, Runnable::run));
    }

    private static RelatedItems relate(Interactions shop, CoOccurrenceParameters parameters) {
        return new CoOccurrence(parameters).relate(shop, () -> false);
    }

    private static CoOccurrenceParameters cosine(int minUsers, int mostItemsPerUser) {
        return new CoOccurrenceParameters(COSINE, 0, 50, minUsers, mostItemsPerUser);
    }

    private static List<String> idsRelatedTo(String item, RelatedItems related) {
        return Arrays.stream(related.relatedTo(related.items().indexOf(item)))
                .mapToObj(related.items()::id)
                .toList();
    }

    /** Few items are had by many, some users have much, and weights are often the same. */
    private static Interactions shop(int users, int items, long seed) {
        Random random = new Random(seed);
        InteractionsBuilder builder = Interactions.builder();
        for (int user = 0; user < users; user++) {
            int count = 1 + random.nextInt(user % 10 == 0 ? 60 : 12);
            for (int i = 0; i < count; i++) {
                int item = (int) (items * Math.pow(random.nextDouble(), 2));
                builder.add("u" + user, "i" + item, 1 + random.nextInt(3));
            }
        }
        return builder.build();
    }
}
