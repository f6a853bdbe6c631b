package dev.persona.ranking.signal;

import dev.persona.profiling.factorization.IdIndex;
import dev.persona.profiling.factorization.ItemFactors;
import dev.persona.profiling.profile.Profile;
import dev.persona.profiling.profile.RecentItem;
import dev.persona.ranking.feature.Hits;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Item vectors and item behaviour, ready to be looked up. Safe for use by several threads. */
public final class ItemSignals {
    /** Nothing has been learned from the users yet. */
    public static final ItemSignals NONE = new ItemSignals(new ItemBehaviour(Map.of()));

    private final Optional<Vectors> vectors;
    private final ItemBehaviour behaviour;

    /** Vectors, and what the events weighed that they were made from. */
    private record Vectors(ItemFactors factors, TrainingWindow window) {}

    /** Signals without vectors. */
    public ItemSignals(ItemBehaviour behaviour) {
        this.vectors = Optional.empty();
        this.behaviour = behaviour;
    }

    /**
     * Signals.
     *
     * @param window by which the vectors were made, and users are folded in
     */
    public ItemSignals(ItemFactors factors, TrainingWindow window, ItemBehaviour behaviour) {
        this.vectors = Optional.of(new Vectors(factors, window));
        this.behaviour = behaviour;
    }

    /** Length of the vectors; 0 when there are none. */
    public int factors() {
        return itemFactors().map(ItemFactors::factors).orElse(0);
    }

    /** The item vectors. */
    public Optional<ItemFactors> itemFactors() {
        return vectors.map(Vectors::factors);
    }

    /** By what the item vectors were made; empty when there are none. */
    public Optional<TrainingWindow> window() {
        return vectors.map(Vectors::window);
    }

    /** Behaviour of users as a whole towards the items. */
    public ItemBehaviour behaviour() {
        return behaviour;
    }

    /** Fills in what is known of the item of a hit. */
    public void fill(String item, int hit, Hits into) {
        ItemBehaviour.Numbers numbers = behaviour.of(item);
        into.popularity(hit, numbers.popularity());
        into.clickRate(hit, numbers.clickRate());
        if (vectors.isPresent()) {
            ItemFactors factors = vectors.get().factors();
            int row = factors.items().indexOf(item);
            if (row != IdIndex.ABSENT) {
                into.vector(hit, factors.vectors(), row * factors());
            }
        }
    }

    /**
     * The interest vector that a profile has at a time: its items folded in, with the weights that
     * the item vectors were made by.
     *
     * @param time milliseconds since 1970
     * @return factors numbers, or none when there is no vector
     */
    public float[] interest(Profile profile, long time) {
        if (vectors.isEmpty()) {
            return new float[0];
        }
        return interest(history(profile, time));
    }

    /**
     * The interest vector that is made of some items.
     *
     * @return factors numbers, or none when there are no items, or single precision is too narrow
     *     for what they weigh
     */
    public float[] interest(History history) {
        if (history.rows().length == 0) {
            return new float[0];
        }
        try {
            return vectors.orElseThrow()
                    .factors()
                    .foldIn()
                    .solve(history.rows(), history.weights());
        } catch (ArithmeticException e) {
            // One user without a vector, where all others of a shard would have to wait.
            return new float[0];
        }
    }

    /**
     * The items of a user that have a vector.
     *
     * @param ids of the items, in their order: sums of floats depend on it, and training is to be
     *     repeatable
     * @param rows indexes of their vectors
     * @param weights faded to a time, above 0
     */
    public record History(List<String> ids, int[] rows, float[] weights) {}

    /**
     * The items that an interest vector is made of.
     *
     * @param time milliseconds since 1970
     */
    public History history(Profile profile, long time) {
        IdIndex known = vectors.orElseThrow().factors().items();
        TrainingWindow window = vectors.get().window();
        List<RecentItem> items =
                profile.recentItems().all().stream()
                        .filter(item -> known.indexOf(item.item()) != IdIndex.ABSENT)
                        .filter(item -> window.weight(item, time) > 0)
                        .sorted(Comparator.comparing(RecentItem::item))
                        .toList();
        int[] rows = new int[items.size()];
        float[] weights = new float[items.size()];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = known.indexOf(items.get(i).item());
            weights[i] = window.weight(items.get(i), time);
        }
        return new History(items.stream().map(RecentItem::item).toList(), rows, weights);
    }
}
