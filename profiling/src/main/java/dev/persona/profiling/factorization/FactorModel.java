package dev.persona.profiling.factorization;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * The result of one matrix factorization: a vector for each user and each item, whose product says
 * how much the user may like the item; 1 is what an interaction was trained towards.
 */
public final class FactorModel {
    private final IdIndex users;
    private final IdIndex items;
    private final float[] userVectors;
    private final float[] itemVectors;
    private final AlsParameters parameters;
    private final List<Double> losses;

    /**
     * @param users ids of the users
     * @param items ids of the items
     * @param userVectors users * factors, row-major; not copied, and not to be changed from here on
     * @param itemVectors items * factors, likewise
     * @param parameters what the vectors were made with
     * @param losses the objective after each iteration
     * @throws IllegalArgumentException if there are not as many vectors as ids
     */
    public FactorModel(
            IdIndex users,
            IdIndex items,
            float[] userVectors,
            float[] itemVectors,
            AlsParameters parameters,
            List<Double> losses) {
        this.parameters = Objects.requireNonNull(parameters, "parameters");
        this.users = requireVectors("users", users, userVectors, parameters.factors());
        this.items = requireVectors("items", items, itemVectors, parameters.factors());
        this.userVectors = userVectors;
        this.itemVectors = itemVectors;
        this.losses = List.copyOf(losses);
    }

    static IdIndex requireVectors(String of, IdIndex ids, float[] vectors, int factors) {
        if (vectors.length != (long) ids.size() * factors) {
            throw new IllegalArgumentException(
                    "the vectors of "
                            + ids.size()
                            + " "
                            + of
                            + " with "
                            + factors
                            + " factors must be "
                            + (long) ids.size() * factors
                            + " floats, were "
                            + vectors.length);
        }
        return ids;
    }

    /** The users and the indexes of their vectors. */
    public IdIndex users() {
        return users;
    }

    /** The items and the indexes of their vectors. */
    public IdIndex items() {
        return items;
    }

    /** What the vectors were made with. */
    public AlsParameters parameters() {
        return parameters;
    }

    /** Length of a vector. */
    public int factors() {
        return parameters.factors();
    }

    /** The objective after each iteration. */
    public List<Double> losses() {
        return losses;
    }

    /** The vectors of all users, users * factors, row-major: no copy, to be read only. */
    public float[] userVectors() {
        return userVectors;
    }

    /** The vectors of all items, items * factors, row-major: no copy, to be read only. */
    public float[] itemVectors() {
        return itemVectors;
    }

    /** A copy of one user's interest vector. */
    public float[] userVector(int user) {
        return Arrays.copyOfRange(userVectors, user * factors(), (user + 1) * factors());
    }

    /** A copy of one item's vector. */
    public float[] itemVector(int item) {
        return Arrays.copyOfRange(itemVectors, item * factors(), (item + 1) * factors());
    }

    /** The product of a user's and an item's vector. */
    public float score(int user, int item) {
        int factors = factors();
        int ofUser = user * factors;
        int ofItem = item * factors;
        float sum = 0;
        for (int i = 0; i < factors; i++) {
            sum += userVectors[ofUser + i] * itemVectors[ofItem + i];
        }
        return sum;
    }

    /** The item half by itself. */
    public ItemFactors itemFactors() {
        return new ItemFactors(items, itemVectors, parameters);
    }
}
