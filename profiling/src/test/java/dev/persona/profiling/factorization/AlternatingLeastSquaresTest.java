package dev.persona.profiling.factorization;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

class AlternatingLeastSquaresTest {
    @Test
    void theVectorsAreThoseOfTheFormulasInDoublePrecision() {
        Interactions shop = Shops.random(30, 25, 0.2, 7);
        AlsParameters parameters = new AlsParameters(5, 4, 0.1, 2, 11);
        float[] start = AlternatingLeastSquares.startVectors(30, 5, 11);
        double[][][] expected = new NaiveLeastSquares(shop, parameters).factorize(start, 4);

        FactorModel model = run(shop, parameters);

        for (int user = 0; user < 30; user++) {
            for (int i = 0; i < 5; i++) {
                assertEquals(expected[0][user][i], model.userVector(user)[i], 1e-3);
            }
        }
        for (int item = 0; item < shop.items().size(); item++) {
            for (int i = 0; i < 5; i++) {
                assertEquals(expected[1][item][i], model.itemVector(item)[i], 1e-3);
            }
        }
    }

    @Test
    void aRowLongerThanOneCallOfBlasIsSolvedAsWell() {
        Interactions shop = Shops.random(12, 2500, 0.9, 3);
        AlsParameters parameters = new AlsParameters(3, 2, 0.1, 1, 5);
        float[] start = AlternatingLeastSquares.startVectors(12, 3, 5);
        double[][][] expected = new NaiveLeastSquares(shop, parameters).factorize(start, 2);

        FactorModel model = run(shop, parameters);

        for (int user = 0; user < 12; user++) {
            for (int i = 0; i < 3; i++) {
                assertEquals(expected[0][user][i], model.userVector(user)[i], 1e-3);
            }
        }
    }

    @Test
    void theLossIsTheObjectiveOverTheDenseMatrix() {
        Interactions shop = Shops.random(80, 60, 0.1, 2);
        AlsParameters parameters = new AlsParameters(6, 3, 0.3, 1.5, 4);

        FactorModel model = run(shop, parameters);

        double expected =
                new NaiveLeastSquares(shop, parameters)
                        .loss(model.userVectors(), model.itemVectors());
        assertEquals(expected, model.losses().getLast(), 1e-5 * expected);
    }

    @Test
    void theListenerHearsTheLossOfEachIterationAndItNeverRises() {
        List<Double> heard = new ArrayList<>();
        Interactions shop = Shops.random(200, 150, 0.05, 1);

        FactorModel model =
                new AlternatingLeastSquares(LoadedBlas.get(), new AlsParameters(8, 12, 0.1, 1, 1))
                        .factorize(
                                shop,
                                () -> false,
                                (iteration, loss) -> {
                                    heard.add(loss);
                                    assertEquals(heard.size(), iteration);
                                });

        assertEquals(12, heard.size());
        assertEquals(heard, model.losses());
        for (int i = 1; i < heard.size(); i++) {
            assertTrue(heard.get(i) <= heard.get(i - 1) * (1 + 1e-6), heard.toString());
        }
        assertTrue(heard.getLast() < 0.95 * heard.getFirst(), heard.toString());
    }

    @Test
    void plantedTastesAreFoundAgain() {
        int blocks = 4;
        Interactions shop = Shops.planted(120, 80, blocks, 0.4, 6);

        FactorModel model = run(shop, new AlsParameters(8, 10, 0.1, 5, 3));

        // The chance that an unseen item of the user's own block scores above one of another block.
        long above = 0;
        long pairs = 0;
        for (int user = 0; user < model.users().size(); user++) {
            List<Integer> seen = boxed(shop.itemsOf(user));
            int own = Shops.block(model.users().id(user), blocks);
            for (int item = 0; item < model.items().size(); item++) {
                boolean unseen = !seen.contains(item);
                if (unseen && Shops.block(model.items().id(item), blocks) == own) {
                    for (int other = 0; other < model.items().size(); other++) {
                        if (Shops.block(model.items().id(other), blocks) != own) {
                            pairs++;
                            above += model.score(user, item) > model.score(user, other) ? 1 : 0;
                        }
                    }
                }
            }
        }
        assertTrue(above > 0.95 * pairs, above + " of " + pairs);
    }

    @Test
    void theSameSeedGivesTheSameVectorsOnOneThreadAndOnTwo() {
        theSameSeedGivesTheSameVectors(new AlsParameters(16, 3, 0.1, 1, 21));
        theSameSeedGivesTheSameVectors(new AlsParameters(16, 3, 0.1, 1, 21, false, 3));
    }

    private static void theSameSeedGivesTheSameVectors(AlsParameters parameters) {
        Interactions shop = Shops.random(500, 300, 0.03, 8);
        FactorModel one = run(shop, parameters);
        FactorModel two;
        try (ExecutorService pool = Executors.newFixedThreadPool(1)) {
            two =
                    new AlternatingLeastSquares(
                                    LoadedBlas.get(), parameters, 2, pool, Long.MAX_VALUE)
                            .factorize(shop, () -> false, IterationListener.NONE);
        }

        assertArrayEquals(one.userVectors(), two.userVectors());
        assertArrayEquals(one.itemVectors(), two.itemVectors());
        assertEquals(one.losses(), two.losses());
        FactorModel other = run(shop, new AlsParameters(16, 3, 0.1, 1, 22));
        assertTrue(Math.abs(one.userVectors()[0] - other.userVectors()[0]) > 1e-6);
    }

    @Test
    void theUserVectorsAreFoldInsAgainstTheItemVectors() {
        assertTheUserVectorsAreFoldIns(new AlsParameters(16, 3, 0.05, 2, 1));
    }

    private static void assertTheUserVectorsAreFoldIns(AlsParameters parameters) {
        Interactions shop = Shops.random(300, 200, 0.05, 4);

        FactorModel model = run(shop, parameters);

        FoldIn foldIn = model.itemFactors().foldIn();
        for (int user = 0; user < shop.users().size(); user++) {
            assertArrayEquals(
                    model.userVector(user),
                    foldIn.solve(shop.itemsOf(user), shop.weightsOf(user)),
                    1e-4f);
        }
    }

    @Test
    void aFewStepsOfConjugateGradientsComeToTheSameLossAsTheExactSolver() {
        Interactions shop = Shops.planted(600, 400, 5, 0.08, 6);
        AlsParameters exact = new AlsParameters(16, 10, 0.01, 1, 3);
        AlsParameters steps = new AlsParameters(16, 10, 0.01, 1, 3, false, 3);

        double expected = run(shop, exact).losses().getLast();
        double loss = run(shop, steps).losses().getLast();

        assertTrue(loss <= 1.001 * expected, loss + " against " + expected);
    }

    @Test
    void heavyWeightsTakeMoreStepsAndComeToTheSameLossAsWell() {
        Interactions shop = Shops.planted(600, 400, 5, 0.08, 6);
        AlsParameters exact = new AlsParameters(32, 10, 0.01, 40, 3);
        AlsParameters steps =
                new AlsParameters(32, 10, 0.01, 40, 3, false, AlsParameters.USUAL_STEPS);

        double expected = run(shop, exact).losses().getLast();
        double loss = run(shop, steps).losses().getLast();

        assertTrue(loss <= 1.02 * expected, loss + " against " + expected);
    }

    @Test
    void weightsBeyondWhatStepsCanHoldAreSolvedByCholesky() {
        Interactions shop =
                Interactions.builder().add("ann", "lamp", 1e25).add("bob", "lamp", 1).build();

        FactorModel exact = run(shop, new AlsParameters(1, 3, 0.1, 1, 1));
        FactorModel steps = run(shop, new AlsParameters(1, 3, 0.1, 1, 1, false, 8));

        assertEquals(1, exact.score(0, 0), 1e-3);
        assertEquals(1, steps.score(0, 0), 1e-3);
        assertEquals(exact.score(1, 0), steps.score(1, 0), 1e-3);
    }

    @Test
    void theLossOfConjugateGradientsIsTheObjectiveTooAndItNeverRises() {
        Interactions shop = Shops.random(80, 60, 0.1, 2);
        for (boolean scaled : new boolean[] {false, true}) {
            AlsParameters parameters = new AlsParameters(6, 5, 0.3, 1.5, 4, scaled, 2);

            FactorModel model = run(shop, parameters);

            double expected =
                    new NaiveLeastSquares(shop, parameters)
                            .loss(model.userVectors(), model.itemVectors());
            assertEquals(expected, model.losses().getLast(), 1e-5 * expected);
            for (int i = 1; i < model.losses().size(); i++) {
                assertTrue(
                        model.losses().get(i) <= model.losses().get(i - 1) * (1 + 1e-6),
                        model.losses().toString());
            }
        }
    }

    @Test
    void theUserVectorsAreFoldInsAlsoAfterConjugateGradients() {
        assertTheUserVectorsAreFoldIns(new AlsParameters(16, 3, 0.05, 2, 1, true, 3));
    }

    @Test
    void theScaledRegularizationIsTheFormulaWithTheCountOfEachRow() {
        Interactions shop = Shops.random(30, 25, 0.2, 7);
        AlsParameters parameters = new AlsParameters(5, 4, 0.1, 2, 11, true, 0);
        float[] start = AlternatingLeastSquares.startVectors(30, 5, 11);
        double[][][] expected = new NaiveLeastSquares(shop, parameters).factorize(start, 4);

        FactorModel model = run(shop, parameters);

        for (int user = 0; user < 30; user++) {
            for (int i = 0; i < 5; i++) {
                assertEquals(expected[0][user][i], model.userVector(user)[i], 1e-3);
            }
        }
    }

    @Test
    void cancellingStopsItBeforeTheNextRow() {
        AtomicInteger asked = new AtomicInteger();
        Interactions shop = Shops.random(200, 150, 0.05, 1);
        AlternatingLeastSquares als =
                new AlternatingLeastSquares(LoadedBlas.get(), AlsParameters.DEFAULT);

        assertThrows(
                CancellationException.class,
                () ->
                        als.factorize(
                                shop, () -> asked.incrementAndGet() == 30, IterationListener.NONE));

        assertEquals(30, asked.get());
    }

    @Test
    void nothingToFactorizeIsRefused() {
        IllegalArgumentException e =
                assertThrows(
                        IllegalArgumentException.class,
                        () ->
                                run(
                                        Interactions.builder().add("ann", "lamp", 0).build(),
                                        AlsParameters.DEFAULT));

        assertTrue(e.getMessage().startsWith("there is nothing to factorize"), e.getMessage());
    }

    @Test
    void whatDoesNotFitIsRefusedBeforeItBegins() {
        Interactions shop = Shops.random(50, 40, 0.1, 1);
        AlternatingLeastSquares als =
                new AlternatingLeastSquares(
                        LoadedBlas.get(), AlsParameters.DEFAULT, 1, Runnable::run, 100_000);

        IllegalArgumentException e =
                assertThrows(
                        IllegalArgumentException.class,
                        () -> als.factorize(shop, () -> false, IterationListener.NONE));

        assertTrue(e.getMessage().endsWith("at most 100000 are there"), e.getMessage());
    }

    @Test
    void fewerThanOneThreadIsRefused() {
        assertThrows(
                IllegalArgumentException.class,
                () ->
                        new AlternatingLeastSquares(
                                LoadedBlas.get(), AlsParameters.DEFAULT, 0, Runnable::run, 1));
    }

    @Test
    void weightsThatSinglePrecisionCannotHoldAreSaidSo() {
        Interactions shop =
                Interactions.builder().add("ann", "lamp", 1e38).add("bob", "lamp", 1).build();

        ArithmeticException e =
                assertThrows(
                        ArithmeticException.class,
                        () -> run(shop, new AlsParameters(4, 2, 0.1, 1000, 1)));

        assertTrue(e.getMessage().contains("lower [alpha]"), e.getMessage());
    }

    private static FactorModel run(Interactions shop, AlsParameters parameters) {
        return new AlternatingLeastSquares(LoadedBlas.get(), parameters)
                .factorize(shop, () -> false, IterationListener.NONE);
    }

    private static List<Integer> boxed(int[] values) {
        return Arrays.stream(values).boxed().toList();
    }
}
