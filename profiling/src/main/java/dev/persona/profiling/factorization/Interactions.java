package dev.persona.profiling.factorization;

import java.util.Arrays;

/**
 * What users did with items: a sparse matrix of users x items whose entries are confidence weights
 * above 0. Immutable, and the same for the same weights in whatever order they were added: users
 * and items are indexed in the order of their ids.
 *
 * <p>Every user and every item here has at least one entry.
 */
public final class Interactions {
    private final IdIndex users;
    private final IdIndex items;
    private final SparseRows byUser;
    private final Interactions transposed;

    Interactions(IdIndex users, IdIndex items, SparseRows byUser) {
        this.users = users;
        this.items = items;
        this.byUser = byUser;
        this.transposed = new Interactions(items, users, byUser.transposed(items.size()), this);
    }

    private Interactions(IdIndex users, IdIndex items, SparseRows byUser, Interactions transposed) {
        this.users = users;
        this.items = items;
        this.byUser = byUser;
        this.transposed = transposed;
    }

    /** A matrix in the making, without entries. */
    public static InteractionsBuilder builder() {
        return new InteractionsBuilder();
    }

    /** The users, who are the rows. */
    public IdIndex users() {
        return users;
    }

    /** The items, which are the columns. */
    public IdIndex items() {
        return items;
    }

    /** The number of pairs of a user and an item with a weight. */
    public int entries() {
        return byUser.entries();
    }

    /** The indexes of a user's items, ascending. */
    public int[] itemsOf(int user) {
        return Arrays.copyOfRange(
                byUser.columns(), byUser.offsets()[user], byUser.offsets()[user + 1]);
    }

    /** The weights of a user's items, in the order of {@link #itemsOf}. */
    public float[] weightsOf(int user) {
        return Arrays.copyOfRange(
                byUser.values(), byUser.offsets()[user], byUser.offsets()[user + 1]);
    }

    /** The same entries with users and items in each other's place; its transposed view is this. */
    public Interactions transposed() {
        return transposed;
    }

    SparseRows rows() {
        return byUser;
    }
}
