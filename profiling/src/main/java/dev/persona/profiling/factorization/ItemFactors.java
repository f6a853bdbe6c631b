package dev.persona.profiling.factorization;

import java.util.Arrays;
import java.util.Objects;

/**
 * The item half of a {@link FactorModel}: all that is needed to fold users in. Immutable and
 * thread-safe.
 */
public final class ItemFactors {
    private final IdIndex items;
    private final float[] vectors;
    private final AlsParameters parameters;
    private final FoldIn foldIn;
    private final float[] mean;

    /**
     * @param items ids of the items
     * @param vectors items * factors, row-major; not copied, and not to be changed from here on
     * @param parameters what the vectors were made with
     * @throws IllegalArgumentException if there are not as many vectors as ids
     */
    public ItemFactors(IdIndex items, float[] vectors, AlsParameters parameters) {
        this.parameters = Objects.requireNonNull(parameters, "parameters");
        this.items = FactorModel.requireVectors("items", items, vectors, parameters.factors());
        this.vectors = vectors;
        this.foldIn = new FoldIn(parameters, vectors);
        this.mean = mean(vectors, parameters.factors());
    }

    private static float[] mean(float[] vectors, int factors) {
        double[] sums = new double[factors];
        for (int from = 0; from < vectors.length; from += factors) {
            for (int i = 0; i < factors; i++) {
                sums[i] += vectors[from + i];
            }
        }
        int count = Math.max(vectors.length / factors, 1);
        float[] mean = new float[factors];
        for (int i = 0; i < factors; i++) {
            mean[i] = (float) (sums[i] / count);
        }
        return mean;
    }

    /** A copy of the mean of all vectors; zeros where there are none. */
    public float[] mean() {
        return mean.clone();
    }

    /** The items and the indexes of their vectors. */
    public IdIndex items() {
        return items;
    }

    /** The vectors of all items, items * factors, row-major: no copy, to be read only. */
    public float[] vectors() {
        return vectors;
    }

    /** A copy of one item's vector. */
    public float[] vector(int item) {
        return Arrays.copyOfRange(vectors, item * factors(), (item + 1) * factors());
    }

    /** What the vectors were made with. */
    public AlsParameters parameters() {
        return parameters;
    }

    /** Length of a vector. */
    public int factors() {
        return parameters.factors();
    }

    /** Interest vectors against these item vectors. */
    public FoldIn foldIn() {
        return foldIn;
    }
}
