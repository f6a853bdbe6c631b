package dev.persona.profiling.coldstart;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.persona.profiling.event.ItemFacts;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;

class ColdStartRegressionTest {
    private static ColdStartParameters parameters(double regularization, int maxTerms) {
        return new ColdStartParameters(List.of(regularization), 3, 2, maxTerms, 2000, 1e-12);
    }

    @Test
    void whatWasPlantedIsFoundAgainForPairsNeverSeen() {
        float[] ofBrand = {1, -2, 3, 0.5f, -1};
        float[] ofCategory = {10, -10, 0, 4};
        List<ItemDescription> items = new ArrayList<>();
        float[] vectors = new float[0];
        for (int item = 0; item < 20 * 19; item++) {
            int pair = 1 + item % 19;
            items.add(described(pair % 5, pair % 4));
            vectors = Arrays.copyOf(vectors, item + 1);
            vectors[item] = 100 + ofBrand[pair % 5] + ofCategory[pair % 4];
        }
        float[] users = new float[items.size()];
        Arrays.fill(users, 10);

        ColdStartModel model =
                new ColdStartRegression(parameters(1e-3, 100))
                        .learn(items, vectors, 1, users, () -> false);

        // Pair 0, brand 0 with category 0, is the one left out.
        assertEquals(100 + 1 + 10, model.vector(described(0, 0))[0], 1e-2);
        assertEquals(1 - 3, difference(model, "brand=b0", "brand=b2"), 1e-2);
        assertEquals(4 + 10, difference(model, "category=c3", "category=c1"), 1e-2);
    }

    private static ItemDescription described(int brand, int category) {
        return PlantedCatalog.described("b" + brand, "c" + category, "");
    }

    private static float difference(ColdStartModel model, String term, String other) {
        return model.weights()[model.terms().indexOf(term)]
                - model.weights()[model.terms().indexOf(other)];
    }

    @Test
    void itIsNearerThanTheMeanAndZeroToItemsNotLearnedFrom() {
        PlantedCatalog all = PlantedCatalog.of(2500, 16, 1, 2);
        PlantedCatalog seen = all.part(0, 2000);
        ColdStartModel model = seen.learn(ColdStartParameters.DEFAULT);
        float[] mean = new float[16];
        for (int i = 0; i < seen.vectors().length; i++) {
            mean[i % 16] += seen.vectors()[i] / 2000;
        }

        double ofRegression = 0;
        double ofMean = 0;
        double ofZero = 0;
        for (int item = 2000; item < 2500; item++) {
            ofRegression += squaredError(model, all, item);
            ofMean += squaredError(mean, all, item);
            ofZero += squaredError(new float[16], all, item);
        }
        // Half of what there is around the mean is noise, which nothing finds.
        assertTrue(ofRegression < 0.55 * ofMean, ofRegression + " of " + ofMean);
        assertTrue(ofMean < ofZero, ofMean + " of " + ofZero);
        assertEquals(ofRegression / ofMean, 1 - model.heldOut().explained(), 0.05);
        assertEquals(ofMean / ofZero, model.heldOut().mean() / model.heldOut().zero(), 0.05);
    }

    @Test
    void theWeightsEqualADenseSolveOfTheFormula() {
        PlantedCatalog catalog = PlantedCatalog.of(300, 5, 0.5, 3);
        for (double regularization : new double[] {0.1, 2, 30}) {
            ColdStartModel model = catalog.learn(parameters(regularization, 150));

            double[][] expected = DenseRidge.solve(catalog, model.terms(), 3, regularization);

            assertEquals(150, model.terms().size());
            for (int i = 0; i < model.weights().length; i++) {
                assertEquals(expected[i / 5][i % 5], model.weights()[i], 1e-3);
            }
        }
    }

    @Test
    void theRegularizationIsTheLargestWithinAStandardErrorOfTheBest() {
        PlantedCatalog catalog = PlantedCatalog.of(400, 8, 1, 4);
        ColdStartParameters defaults = ColdStartParameters.DEFAULT;
        List<ColdStartModel> each =
                defaults.regularizations().stream()
                        .map(regularization -> catalog.learn(parameters(regularization, 50_000)))
                        .toList();
        HeldOutErrors best =
                each.stream()
                        .map(ColdStartModel::heldOut)
                        .min(Comparator.comparing(HeldOutErrors::regression))
                        .orElseThrow();
        ColdStartModel expected =
                each.stream()
                        .filter(
                                model ->
                                        model.heldOut().regression()
                                                <= best.regression() + best.standardError())
                        .max(Comparator.comparing(ColdStartModel::regularization))
                        .orElseThrow();

        ColdStartModel chosen = catalog.learn(defaults);

        assertEquals(80, chosen.heldOut().items());
        assertEquals(expected.regularization(), chosen.regularization());
        assertTrue(chosen.regularization() > 1 && chosen.regularization() < 50);
        assertEquals(expected.heldOut().regression(), chosen.heldOut().regression(), 1e-2);
    }

    @Test
    void theStandardErrorIsHowMuchTheErrorVariesWithTheItemsHeldOut() {
        double[] errors = new double[30];
        double standardError = 0;
        for (int seed = 0; seed < errors.length; seed++) {
            Random random = new Random(seed);
            float[] vectors = new float[500];
            float[] users = new float[500];
            for (int item = 0; item < 500; item++) {
                vectors[item] = (float) random.nextGaussian();
                users[item] = 1 + random.nextInt(20);
            }
            HeldOutErrors heldOut =
                    new ColdStartRegression(parameters(1, 1))
                            .learn(silent(500), vectors, 1, users, () -> false)
                            .heldOut();
            errors[seed] = heldOut.regression();
            standardError += heldOut.standardError() / errors.length;
        }
        double mean = Arrays.stream(errors).average().orElseThrow();
        double variance =
                Arrays.stream(errors).map(error -> (error - mean) * (error - mean)).sum()
                        / (errors.length - 1);

        assertEquals(Math.sqrt(variance), standardError, 0.3 * standardError);
    }

    private static List<ItemDescription> silent(int items) {
        return Collections.nCopies(items, new ItemDescription(ItemFacts.UNKNOWN, ""));
    }

    @Test
    void heldOutItemsAreNotLearnedFrom() {
        // Vectors that no description explains, and as many terms as items to learn them by heart.
        Random random = new Random(5);
        List<ItemDescription> items = new ArrayList<>();
        float[] vectors = new float[400 * 4];
        for (int item = 0; item < 400; item++) {
            items.add(PlantedCatalog.described("b" + item % 200, "c" + item % 199, ""));
            for (int f = 0; f < 4; f++) {
                vectors[item * 4 + f] = (float) random.nextGaussian();
            }
        }
        float[] users = new float[400];
        Arrays.fill(users, 20);

        ColdStartModel model =
                new ColdStartRegression(parameters(0.1, 1000))
                        .learn(items, vectors, 4, users, () -> false);

        assertTrue(model.heldOut().explained() < 0, model.heldOut().toString());
    }

    @Test
    void itemsWithoutUsersAreAsIfNotThere() {
        PlantedCatalog catalog = PlantedCatalog.of(100, 3, 1, 6);
        PlantedCatalog other = PlantedCatalog.of(20, 3, 1, 7);
        List<ItemDescription> items = new ArrayList<>(catalog.items());
        items.addAll(other.items());
        float[] vectors = Arrays.copyOf(catalog.vectors(), 120 * 3);
        System.arraycopy(other.vectors(), 0, vectors, 300, 60);

        ColdStartModel model =
                new ColdStartRegression(ColdStartParameters.DEFAULT)
                        .learn(items, vectors, 3, Arrays.copyOf(catalog.users(), 120), () -> false);

        ColdStartModel expected = catalog.learn(ColdStartParameters.DEFAULT);
        assertEquals(expected.terms(), model.terms());
        assertArrayEquals(expected.weights(), model.weights());
    }

    @Test
    void anItemWithoutAKnownTermGetsTheMeanWhereTermsSayNothing() {
        PlantedCatalog catalog = PlantedCatalog.of(50, 2, 1, 8);
        float[] alike = new float[50];
        Arrays.fill(alike, 7);

        ColdStartModel model =
                new ColdStartRegression(ColdStartParameters.DEFAULT)
                        .learn(silent(50), catalog.vectors(), 2, alike, () -> false);

        double[] mean = new double[2];
        for (int i = 0; i < 100; i++) {
            mean[i % 2] += catalog.vectors()[i] / 50;
        }
        float[] vector = model.vector(PlantedCatalog.described("b1", "c1", "anything"));
        assertEquals(List.of(), model.terms());
        assertEquals(mean[0], vector[0], 1e-5);
        assertEquals(mean[1], vector[1], 1e-5);
        assertEquals(0, model.heldOut().explained(), 1e-6);
    }

    @Test
    void theVocabularyKeepsTheTermsOfMostItemsAndNoneOfASingleItem() {
        List<ItemDescription> items = new ArrayList<>();
        for (String title : List.of("a b", "a c", "a b", "c", "a d", "e")) {
            items.add(new ItemDescription(ItemFacts.UNKNOWN, title));
        }
        float[] vectors = {1, 2, 3, 4, 5, 6};
        float[] users = {9, 9, 9, 9, 9, 9};

        assertEquals(
                List.of("a", "a b", "b", "c"),
                new ColdStartRegression(parameters(1, 100))
                        .learn(items, vectors, 1, users, () -> false)
                        .terms());
        assertEquals(
                List.of("a", "a b"),
                new ColdStartRegression(parameters(1, 2))
                        .learn(items, vectors, 1, users, () -> false)
                        .terms());
    }

    @Test
    void theSameItemsGiveTheSameModelToTheLastBit() {
        PlantedCatalog catalog = PlantedCatalog.of(300, 7, 1, 9);

        ColdStartModel once = catalog.learn(ColdStartParameters.DEFAULT);
        ColdStartModel again = catalog.learn(ColdStartParameters.DEFAULT);

        assertEquals(once.terms(), again.terms());
        assertArrayEquals(once.weights(), again.weights());
        assertEquals(once.heldOut(), again.heldOut());
    }

    @Test
    void whatCannotBeLearnedFromIsRefused() {
        PlantedCatalog catalog = PlantedCatalog.of(6, 2, 1, 10);
        float[] users = catalog.users();

        assertEquals(
                "the vectors of 6 items with 2 factors must be 12 floats, were 11",
                messageOf(catalog, Arrays.copyOf(catalog.vectors(), 11), users));
        assertEquals(
                "there must be a number of users for each of 6 items, were 5",
                messageOf(catalog, catalog.vectors(), Arrays.copyOf(users, 5)));
        float[] broken = catalog.vectors().clone();
        broken[3] = Float.NaN;
        assertEquals("vectors must be finite, was NaN at 3", messageOf(catalog, broken, users));
        assertEquals(
                "the users of item 1 must be finite and at least 0, were -1.0",
                messageOf(catalog, catalog.vectors(), new float[] {1, -1, 1, 1, 1, 1}));
        assertEquals(
                "there must be at least 5 items that have users, were 4",
                messageOf(catalog, catalog.vectors(), new float[] {1, 0, 1, 1, 0, 1}));
    }

    @Test
    void vectorsTooLargeForSinglePrecisionAreRefused() {
        PlantedCatalog catalog = PlantedCatalog.of(200, 2, 1, 11);
        float[] vectors = new float[400];
        for (int i = 0; i < 400; i++) {
            vectors[i] = i % 3 == 0 ? -3e38f : 3e38f;
        }

        assertThrows(
                ArithmeticException.class,
                () ->
                        new ColdStartRegression(ColdStartParameters.DEFAULT)
                                .learn(catalog.items(), vectors, 2, catalog.users(), () -> false));
    }

    @Test
    void itEndsSoonOnceCancelled() {
        PlantedCatalog catalog = PlantedCatalog.of(500, 4, 1, 12);
        AtomicInteger asked = new AtomicInteger();

        assertThrows(
                CancellationException.class,
                () ->
                        new ColdStartRegression(ColdStartParameters.DEFAULT)
                                .learn(
                                        catalog.items(),
                                        catalog.vectors(),
                                        4,
                                        catalog.users(),
                                        () -> asked.incrementAndGet() > 1200));
        assertEquals(1201, asked.get());
    }

    private static double squaredError(ColdStartModel model, PlantedCatalog catalog, int item) {
        return squaredError(model.vector(catalog.items().get(item)), catalog, item);
    }

    private static double squaredError(float[] guess, PlantedCatalog catalog, int item) {
        double sum = 0;
        for (int f = 0; f < guess.length; f++) {
            sum += Math.pow(guess[f] - catalog.vectors()[item * guess.length + f], 2);
        }
        return sum;
    }

    private static String messageOf(PlantedCatalog catalog, float[] vectors, float[] users) {
        return assertThrows(
                        IllegalArgumentException.class,
                        () ->
                                new ColdStartRegression(ColdStartParameters.DEFAULT)
                                        .learn(catalog.items(), vectors, 2, users, () -> false))
                .getMessage();
    }
}
