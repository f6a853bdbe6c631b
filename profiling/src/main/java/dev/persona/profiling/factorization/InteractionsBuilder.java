package dev.persona.profiling.factorization;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Collects weights of users for items and makes {@link Interactions} of them. Not thread-safe. */
public final class InteractionsBuilder {
    private static final int MOST_ADDITIONS = Integer.MAX_VALUE - 8;

    private final Map<String, Integer> users = new HashMap<>();
    private final Map<String, Integer> items = new HashMap<>();
    private int[] userOf = new int[1024];
    private int[] itemOf = new int[1024];
    private double[] weightOf = new double[1024];
    private int additions;

    InteractionsBuilder() {}

    /**
     * Adds a weight to what this user already has for this item.
     *
     * @param user id of the user, not empty
     * @param item id of the item, not empty
     * @param weight finite and at least 0; pairs whose sum is 0 are left out of the matrix
     * @return this
     * @throws IllegalArgumentException for a weight that is NaN, infinite or below 0
     */
    public InteractionsBuilder add(String user, String item, double weight) {
        if (user.isEmpty() || item.isEmpty()) {
            throw new IllegalArgumentException(
                    "user and item must have an id, were [" + user + "] and [" + item + "]");
        }
        if (!(weight >= 0) || !Double.isFinite(weight)) {
            throw new IllegalArgumentException(
                    "the weight "
                            + of(user, item)
                            + " must be finite and at least 0, was "
                            + weight);
        }
        if (additions == userOf.length) {
            grow();
        }
        userOf[additions] = users.computeIfAbsent(user, id -> users.size());
        itemOf[additions] = items.computeIfAbsent(item, id -> items.size());
        weightOf[additions] = weight;
        additions++;
        return this;
    }

    /**
     * The matrix of what has been added so far.
     *
     * @throws IllegalArgumentException if the weights of a pair add up to more than a float holds
     */
    public Interactions build() {
        Ordered userIds = Ordered.of(users);
        Ordered itemIds = Ordered.of(items);
        int[] order = new int[additions];
        Arrays.setAll(order, i -> i);
        // Two stable passes, the lesser key first, leave the additions by user and then by item.
        order = sorted(order, itemOf, itemIds.rank);
        order = sorted(order, userOf, userIds.rank);

        int[] entryUser = new int[additions];
        int[] entryItem = new int[additions];
        float[] entryWeight = new float[additions];
        int entries = 0;
        for (int from = 0; from < additions; ) {
            int user = userOf[order[from]];
            int item = itemOf[order[from]];
            double sum = 0;
            int to = from;
            while (to < additions && userOf[order[to]] == user && itemOf[order[to]] == item) {
                sum += weightOf[order[to]];
                to++;
            }
            from = to;
            float weight = (float) sum;
            if (Float.isInfinite(weight)) {
                throw new IllegalArgumentException(
                        "the weights "
                                + of(
                                        userIds.ids[userIds.rank[user]],
                                        itemIds.ids[itemIds.rank[item]])
                                + " add up to "
                                + sum
                                + ", more than "
                                + Float.MAX_VALUE);
            }
            if (weight > 0) {
                entryUser[entries] = userIds.rank[user];
                entryItem[entries] = itemIds.rank[item];
                entryWeight[entries] = weight;
                entries++;
            }
        }
        return matrix(
                userIds.ids,
                Arrays.copyOf(entryUser, entries),
                itemIds.ids,
                Arrays.copyOf(entryItem, entries),
                Arrays.copyOf(entryWeight, entries));
    }

    /** Leaves out the ids without an entry and lays the sorted entries out by rows. */
    private static Interactions matrix(
            String[] userIds, int[] entryUser, String[] itemIds, int[] entryItem, float[] weights) {
        IdIndex users = only(userIds, entryUser);
        IdIndex items = only(itemIds, entryItem);
        int[] offsets = new int[users.size() + 1];
        for (int user : entryUser) {
            offsets[user + 1]++;
        }
        Arrays.parallelPrefix(offsets, Integer::sum);
        return new Interactions(users, items, new SparseRows(offsets, entryItem, weights));
    }

    /** The ids that entries refer to; the references are made to count within them. */
    private static IdIndex only(String[] ids, int[] references) {
        int[] dense = new int[ids.length];
        for (int reference : references) {
            dense[reference] = 1;
        }
        String[] kept = new String[ids.length];
        int count = 0;
        for (int i = 0; i < ids.length; i++) {
            if (dense[i] == 1) {
                kept[count] = ids[i];
                dense[i] = count++;
            }
        }
        for (int i = 0; i < references.length; i++) {
            references[i] = dense[references[i]];
        }
        return IdIndex.of(List.of(Arrays.copyOf(kept, count)));
    }

    /** A stable counting sort of the additions by the rank of their key. */
    private static int[] sorted(int[] order, int[] keyOf, int[] rank) {
        int[] next = new int[rank.length + 1];
        for (int addition : order) {
            next[rank[keyOf[addition]] + 1]++;
        }
        Arrays.parallelPrefix(next, Integer::sum);
        int[] result = new int[order.length];
        for (int addition : order) {
            result[next[rank[keyOf[addition]]]++] = addition;
        }
        return result;
    }

    private void grow() {
        if (additions == MOST_ADDITIONS) {
            throw new IllegalArgumentException(
                    "no more than " + MOST_ADDITIONS + " weights can be added");
        }
        int size = (int) Math.min(2L * additions, MOST_ADDITIONS);
        userOf = Arrays.copyOf(userOf, size);
        itemOf = Arrays.copyOf(itemOf, size);
        weightOf = Arrays.copyOf(weightOf, size);
    }

    private static String of(String user, String item) {
        return "of user [" + user + "] for item [" + item + "]";
    }

    /**
     * Ids in their natural order.
     *
     * @param ids ascending
     * @param rank for the number under which an id was met, its place in ids
     */
    private record Ordered(String[] ids, int[] rank) {
        static Ordered of(Map<String, Integer> met) {
            String[] ids = met.keySet().toArray(String[]::new);
            Arrays.sort(ids);
            int[] rank = new int[ids.length];
            for (int i = 0; i < ids.length; i++) {
                rank[met.get(ids[i])] = i;
            }
            return new Ordered(ids, rank);
        }
    }
}
