package dev.persona.profiling.coldstart;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.persona.profiling.OnlineRetail;
import dev.persona.profiling.event.ItemFacts;
import dev.persona.profiling.factorization.AlsParameters;
import dev.persona.profiling.factorization.AlternatingLeastSquares;
import dev.persona.profiling.factorization.FactorModel;
import dev.persona.profiling.factorization.FoldIn;
import dev.persona.profiling.factorization.Interactions;
import dev.persona.profiling.factorization.InteractionsBuilder;
import dev.persona.profiling.factorization.IterationListener;
import dev.persona.profiling.factorization.LoadedBlas;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;

/**
 * A fifth of the items of a real shop, which neither the factorization nor the regression has seen;
 * without the data, skipped.
 *
 * <p>The vectors that they are measured against are folded in from those who bought them.
 */
class ColdStartRetailTest {
    private static final AlsParameters ALS = AlsParameters.DEFAULT;

    private static final Map<String, Product> PRODUCTS = new TreeMap<>();
    private static final List<Product> NEW = new ArrayList<>();
    private static FactorModel factors;
    private static ColdStartModel model;

    /** What the shop's lines say of a stock code. */
    private static final class Product {
        private final Map<String, Integer> titles = new TreeMap<>();
        private final Map<String, Integer> purchases = new TreeMap<>();
        private double prices;
        private int lines;

        void add(String user, String title, double price) {
            titles.merge(title, 1, Integer::sum);
            purchases.merge(user, 1, Integer::sum);
            prices += price;
            lines++;
        }

        ItemDescription description() {
            String usual =
                    Collections.max(titles.entrySet(), Map.Entry.comparingByValue()).getKey();
            return new ItemDescription(new ItemFacts(Map.of(), prices / lines), usual);
        }

        /** Indexes of those who bought it and something else that is not new. */
        int[] buyers() {
            return purchases.keySet().stream()
                    .mapToInt(factors.users()::indexOf)
                    .filter(user -> user >= 0)
                    .toArray();
        }

        float[] foldedIn(FoldIn foldIn) {
            float[] weights = new float[purchases.size()];
            int count = 0;
            for (Map.Entry<String, Integer> entry : purchases.entrySet()) {
                if (factors.users().indexOf(entry.getKey()) >= 0) {
                    weights[count++] = (float) Math.log1p(entry.getValue());
                }
            }
            return foldIn.solve(buyers(), Arrays.copyOf(weights, count));
        }
    }

    @BeforeAll
    static void learnFromFourFifths() throws IOException {
        if (!OnlineRetail.isHere()) {
            return;
        }
        OnlineRetail.forEachLine(
                (row, number) -> {
                    double price = Double.parseDouble(row.get(5));
                    if (!row.get(6).isEmpty()
                            && Integer.parseInt(row.get(3)) > 0
                            && price > 0
                            && row.get(1).matches("[0-9]{5}.*")) {
                        PRODUCTS.computeIfAbsent(row.get(1), code -> new Product())
                                .add(row.get(6), row.get(2), price);
                    }
                });
        List<String> codes = new ArrayList<>(PRODUCTS.keySet());
        Collections.shuffle(codes, new Random(7));
        Set<String> held = new HashSet<>(codes.subList(0, codes.size() / 5));
        InteractionsBuilder builder = Interactions.builder();
        PRODUCTS.forEach(
                (code, product) -> {
                    if (held.contains(code)) {
                        NEW.add(product);
                    } else {
                        product.purchases.forEach(
                                (user, count) -> builder.add(user, code, Math.log1p(count)));
                    }
                });
        factors =
                new AlternatingLeastSquares(LoadedBlas.get(), ALS)
                        .factorize(builder.build(), () -> false, IterationListener.NONE);
        List<Product> known = factors.items().ids().stream().map(PRODUCTS::get).toList();
        float[] users = new float[known.size()];
        for (int item = 0; item < users.length; item++) {
            users[item] = known.get(item).purchases.size();
        }
        model =
                new ColdStartRegression(ColdStartParameters.DEFAULT)
                        .learn(
                                known.stream().map(Product::description).toList(),
                                factors.itemVectors(),
                                ALS.factors(),
                                users,
                                () -> false);
    }

    /** Before each, as surefire counts no test as skipped that is skipped before all. */
    @BeforeEach
    void needsTheData() {
        assumeTrue(OnlineRetail.isHere());
    }

    @Test
    void newItemsAreNearerToTheirPredictionThanToTheMeanAndToZero() {
        FoldIn foldIn = new FoldIn(ALS, factors.userVectors());
        float[] mean = mean();
        double ofRegression = 0;
        double ofMean = 0;
        double ofZero = 0;
        for (Product product : NEW) {
            float[] vector = product.foldedIn(foldIn);
            double weight = ColdStartParameters.DEFAULT.weight(product.purchases.size());
            ofRegression += weight * squares(vector, model.vector(product.description()));
            ofMean += weight * squares(vector, mean);
            ofZero += weight * squares(vector, new float[vector.length]);
        }
        assertTrue(ofRegression < 0.6 * ofMean, ofRegression + " of " + ofMean);
        assertTrue(ofMean < ofZero, ofMean + " of " + ofZero);
    }

    @Test
    void thoseWhoBoughtANewItemAreRankedHigherForItThanByTheMean() {
        float[] mean = mean();
        double ofRegression = 0;
        double ofMean = 0;
        int items = 0;
        for (Product product : NEW) {
            int[] buyers = product.buyers();
            if (buyers.length >= 5) {
                float[] predicted = model.vector(product.description());
                ofRegression += auc(products(factors.userVectors(), predicted), buyers);
                ofMean += auc(products(factors.userVectors(), mean), buyers);
                items++;
            }
        }
        assertTrue(
                ofRegression > ofMean + 0.04 * items,
                ofRegression / items + " against " + ofMean / items);
    }

    /** By the mean they would all be alike, which is 0.5. */
    @Test
    void newItemsThatACustomerBoughtAreRankedAboveThoseNotBought() {
        float[] predicted = new float[NEW.size() * ALS.factors()];
        Map<Integer, List<Integer>> bought = new HashMap<>();
        for (int item = 0; item < NEW.size(); item++) {
            float[] vector = model.vector(NEW.get(item).description());
            System.arraycopy(vector, 0, predicted, item * vector.length, vector.length);
            for (int user : NEW.get(item).buyers()) {
                bought.computeIfAbsent(user, buyer -> new ArrayList<>()).add(item);
            }
        }
        double sum = 0;
        for (Map.Entry<Integer, List<Integer>> entry : bought.entrySet()) {
            double[] scores = products(predicted, factors.userVector(entry.getKey()));
            sum += auc(scores, entry.getValue().stream().mapToInt(item -> item).toArray());
        }
        assertTrue(sum > 0.8 * bought.size(), "was " + sum / bought.size());
    }

    /** The product of each of some vectors with another. */
    private static double[] products(float[] vectors, float[] other) {
        double[] products = new double[vectors.length / other.length];
        for (int i = 0; i < vectors.length; i++) {
            products[i / other.length] += vectors[i] * other[i % other.length];
        }
        return products;
    }

    /** The chance that one of these has a higher score than one that is none of these. */
    private static double auc(double[] scores, int[] these) {
        double below = 0;
        for (int one : these) {
            for (double score : scores) {
                below += score < scores[one] ? 1 : score == scores[one] ? 0.5 : 0;
            }
            below -= 0.5; // itself
        }
        double amongThese = these.length * (these.length - 1) / 2.0;
        return (below - amongThese) / these.length / (scores.length - these.length);
    }

    /** The mean vector of all items that are not new. */
    private static float[] mean() {
        float[] mean = new float[ALS.factors()];
        float[] vectors = factors.itemVectors();
        for (int i = 0; i < vectors.length; i++) {
            mean[i % mean.length] += vectors[i] / factors.items().size();
        }
        return mean;
    }

    private static double squares(float[] a, float[] b) {
        double sum = 0;
        for (int f = 0; f < a.length; f++) {
            sum += Math.pow(a[f] - b[f], 2);
        }
        return sum;
    }
}
