package dev.persona.profiling.cooccurrence;

import dev.persona.profiling.factorization.Interactions;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/** Every pair of items by the sets of their users, in double precision. */
final class NaiveCoOccurrence {
    private final CoOccurrenceParameters parameters;
    private final int users;
    private final List<Set<Integer>> usersOf = new ArrayList<>();

    NaiveCoOccurrence(Interactions shop, CoOccurrenceParameters parameters) {
        this.parameters = parameters;
        this.users = shop.users().size();
        for (int item = 0; item < shop.items().size(); item++) {
            usersOf.add(new HashSet<>());
        }
        for (int user = 0; user < users; user++) {
            int[] items = shop.itemsOf(user);
            float[] weights = shop.weightsOf(user);
            int ofUser = user;
            IntStream.range(0, items.length)
                    .boxed()
                    .sorted(
                            Comparator.<Integer>comparingDouble(k -> -weights[k])
                                    .thenComparingInt(k -> items[k]))
                    .limit(parameters.mostItemsPerUser())
                    .forEach(k -> usersOf.get(items[k]).add(ofUser));
        }
    }

    int items() {
        return usersOf.size();
    }

    /** The scores of the items most related to an item, descending. */
    double[] best(int item) {
        return IntStream.range(0, items())
                .mapToDouble(other -> -score(item, other))
                .filter(score -> score < 0)
                .sorted()
                .limit(parameters.mostRelated())
                .map(score -> -score)
                .toArray();
    }

    /** 0 for a pair that is left out. */
    double score(int item, int other) {
        Set<Integer> shared = new HashSet<>(usersOf.get(item));
        shared.retainAll(usersOf.get(other));
        if (item == other || shared.size() < parameters.minUsers()) {
            return 0;
        }
        int both = shared.size();
        int first = usersOf.get(item).size();
        int second = usersOf.get(other).size();
        return switch (parameters.association()) {
            case COSINE -> both / (Math.sqrt(first * second) + parameters.shrinkage());
            case LOG_LIKELIHOOD_RATIO -> ratio(both, first, second, users);
        };
    }

    /** G2 by entropies; 0 where the pair shares fewer users than by chance. */
    static double ratio(int both, int first, int second, int users) {
        if ((double) both * users <= (double) first * second) {
            return 0;
        }
        double cells =
                entropy(users, both, first - both, second - both, users - first - second + both);
        double rows = entropy(users, first, users - first);
        double columns = entropy(users, second, users - second);
        return 2 * users * (rows + columns - cells);
    }

    private static double entropy(double all, double... counts) {
        double sum = 0;
        for (double count : counts) {
            sum -= count == 0 ? 0 : count / all * Math.log(count / all);
        }
        return sum;
    }
}
