package dev.persona.profiling.coldstart;

import dev.persona.profiling.event.ItemFacts;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * A catalog whose items' vectors are sums of what was planted for their brand, their category and
 * the words of their title, with noise that is the larger, the fewer users an item has.
 */
record PlantedCatalog(List<ItemDescription> items, float[] vectors, int factors, float[] users) {
    private static final int BRANDS = 40;
    private static final int CATEGORIES = 12;
    private static final int WORDS = 300;

    /**
     * @param noise standard deviation of what no description explains, and of the estimate from one
     *     user; 1 is that of a brand
     */
    static PlantedCatalog of(int items, int factors, double noise, long seed) {
        Random random = new Random(seed);
        Map<String, float[]> planted = new HashMap<>();
        List<ItemDescription> descriptions = new ArrayList<>();
        float[] vectors = new float[items * factors];
        float[] users = new float[items];
        for (int item = 0; item < items; item++) {
            String brand = "b" + skewed(random, BRANDS);
            String category = "c" + skewed(random, CATEGORIES);
            List<String> words = List.of("w" + skewed(random, WORDS), "w" + skewed(random, WORDS));
            descriptions.add(described(brand, category, String.join(" ", words)));
            users[item] = (float) Math.ceil(Math.exp(2 + random.nextGaussian()));
            double deviation = noise * Math.sqrt(1 + 1 / users[item]);
            for (int f = 0; f < factors; f++) {
                double sum = 0.5 + deviation * random.nextGaussian();
                sum += of(planted, brand, factors, random)[f];
                sum += of(planted, category, factors, random)[f];
                for (String word : words.stream().distinct().toList()) {
                    sum += 0.5 * of(planted, word, factors, random)[f];
                }
                vectors[item * factors + f] = (float) sum;
            }
        }
        return new PlantedCatalog(descriptions, vectors, factors, users);
    }

    static ItemDescription described(String brand, String category, String title) {
        return new ItemDescription(
                new ItemFacts(
                        Map.of("brand", List.of(brand), "category", List.of(category)), Double.NaN),
                title);
    }

    /** Items from to to - 1. */
    PlantedCatalog part(int from, int to) {
        return new PlantedCatalog(
                items.subList(from, to),
                Arrays.copyOfRange(vectors, from * factors, to * factors),
                factors,
                Arrays.copyOfRange(users, from, to));
    }

    ColdStartModel learn(ColdStartParameters parameters) {
        return new ColdStartRegression(parameters)
                .learn(items, vectors, factors, users, () -> false);
    }

    /** Small numbers more often than large ones. */
    private static int skewed(Random random, int bound) {
        return (int) (bound * Math.pow(random.nextDouble(), 2));
    }

    private static float[] of(
            Map<String, float[]> planted, String term, int factors, Random random) {
        return planted.computeIfAbsent(
                term,
                any -> {
                    float[] vector = new float[factors];
                    for (int f = 0; f < factors; f++) {
                        vector[f] = (float) random.nextGaussian();
                    }
                    return vector;
                });
    }
}
