package dev.persona.profiling.factorization;

/**
 * What each of a user's items contributes to how much the user may like another one. With x = W Y'C
 * p and W = (Y'CY + regularization)^-1, the product of x and a vector y is the sum of c y'W y_j
 * over the user's items j: section 5 of Hu, Koren and Volinsky, Collaborative Filtering for
 * Implicit Feedback Datasets, ICDM 2008, doi:10.1109/ICDM.2008.22.
 *
 * <p>Takes f * f floats and, once, the work of an exact solution.
 */
public final class Contributions {
    private final int f;
    private final int[] items;
    private final float[] confidences;
    private final float[] itemVectors;
    private final NormalEquations equations;

    Contributions(
            AlsParameters parameters,
            float[] itemVectors,
            float[] base,
            int[] items,
            float[] weights) {
        this.f = parameters.factors();
        this.items = items.clone();
        this.confidences = new float[items.length];
        this.itemVectors = itemVectors;
        this.equations = new NormalEquations(f);
        equations.set(base);
        float[] scaled = new float[items.length * f];
        for (int k = 0; k < items.length; k++) {
            float above = (float) (parameters.alpha() * weights[k]);
            confidences[k] = 1 + above;
            float root = (float) Math.sqrt(above);
            for (int i = 0; i < f; i++) {
                scaled[k * f + i] = root * itemVectors[items[k] * f + i];
            }
        }
        equations.addOuterProducts(scaled, 0, items.length);
        if (parameters.scaleRegularization()) {
            equations.addToDiagonal((float) parameters.regularization() * items.length);
        }
        if (!equations.decompose()) {
            throw RowSolver.tooNarrow();
        }
    }

    /**
     * The contributions to one item.
     *
     * @param vector of the item, factors long
     * @return one number for each of the user's items, in the order they were given; they add up to
     *     the product of the interest vector and this one
     * @throws ArithmeticException if single precision is too narrow for it
     */
    public float[] to(float[] vector) {
        float[] solved = vector.clone();
        if (!equations.substitute(solved)) {
            throw RowSolver.tooNarrow();
        }
        float[] contributions = new float[items.length];
        for (int k = 0; k < items.length; k++) {
            float product = 0;
            for (int i = 0; i < f; i++) {
                product += solved[i] * itemVectors[items[k] * f + i];
            }
            contributions[k] = confidences[k] * product;
        }
        return contributions;
    }
}
