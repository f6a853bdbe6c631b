package dev.persona.ranking.feature;

import java.util.Arrays;
import java.util.Optional;

/**
 * What is known of the items of one list, column by column. A new list knows nothing: every number
 * is NaN, every text empty; who fills it in sets what the feature set needs.
 */
public final class Hits {
    private static final String[] NO_VALUES = {};

    private final int size;
    private final CatalogFields fields;
    private final int factors;
    private final float[] scores;
    private final double[] prices;
    private final double[] createdAt;
    private final String[] ids;
    private final String[][][] attributes;
    private final float[] vectors;
    private final float[] popularities;
    private final float[] clickRates;

    /**
     * @param size number of hits
     * @param fields what the catalog can tell
     * @param factors length of the item vectors; 0 when there are none
     */
    public Hits(int size, CatalogFields fields, int factors) {
        this.size = size;
        this.fields = fields;
        this.factors = factors;
        this.scores = new float[size];
        this.prices = new double[size];
        this.createdAt = new double[size];
        this.ids = new String[size];
        this.attributes = new String[fields.attributes().size()][size][];
        this.vectors = new float[size * factors];
        Arrays.fill(scores, Float.NaN);
        Arrays.fill(prices, Double.NaN);
        Arrays.fill(createdAt, Double.NaN);
        this.popularities = new float[size];
        this.clickRates = new float[size];
        Arrays.fill(vectors, Float.NaN);
        Arrays.fill(popularities, Float.NaN);
        Arrays.fill(clickRates, Float.NaN);
        for (String[][] values : attributes) {
            Arrays.fill(values, NO_VALUES);
        }
        Arrays.fill(ids, "");
    }

    /** Number of hits. */
    public int size() {
        return size;
    }

    /** Length of an item vector; 0 when there are none. */
    public int factors() {
        return factors;
    }

    /** Sets the score of the first pass. */
    public void score(int hit, float score) {
        scores[hit] = score;
    }

    /** Sets the price. */
    public void price(int hit, double price) {
        prices[hit] = price;
    }

    /** Sets when the item was created, in milliseconds since 1970. */
    public void createdAt(int hit, double millis) {
        createdAt[hit] = millis;
    }

    /** Sets the id. */
    public void id(int hit, String id) {
        ids[hit] = id;
    }

    /**
     * Sets the values of an attribute, given by its place in {@link CatalogFields#attributes()}.
     */
    public void attribute(int attribute, int hit, String... values) {
        attributes[attribute][hit] = values;
    }

    /** Sets the item vector, {@code factors} numbers from an offset on. */
    public void vector(int hit, float[] from, int offset) {
        System.arraycopy(from, offset, vectors, hit * factors, factors);
    }

    /** Sets how popular the item is: ln(1 + sum of decayed event weights). */
    public void popularity(int hit, double popularity) {
        popularities[hit] = (float) popularity;
    }

    /** Sets clicks over expected clicks. */
    public void clickRate(int hit, double clickRate) {
        clickRates[hit] = (float) clickRate;
    }

    float score(int hit) {
        return scores[hit];
    }

    double price(int hit) {
        return prices[hit];
    }

    double createdAt(int hit) {
        return createdAt[hit];
    }

    float popularity(int hit) {
        return popularities[hit];
    }

    float clickRate(int hit) {
        return clickRates[hit];
    }

    String id(int hit) {
        return ids[hit];
    }

    Optional<String[][]> attribute(String name) {
        int index = fields.attributes().indexOf(name);
        return index < 0 ? Optional.empty() : Optional.of(attributes[index]);
    }

    /** All item vectors: float[size * factors], row-major; NaN where there is none. */
    float[] vectors() {
        return vectors;
    }
}
