package dev.persona.plugin.model;

import dev.persona.profiling.factorization.AlsParameters;
import dev.persona.profiling.factorization.FoldIn;
import dev.persona.profiling.profile.Profile;
import dev.persona.profiling.profile.RecentItems.RecentItem;
import dev.persona.ranking.feature.ItemTable;
import dev.persona.ranking.training.InterestVectors;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The interest vector that a profile would have had at a time: its items folded in. */
final class ItemFoldIn implements InterestVectors {
    private final FoldIn foldIn;
    private final Map<String, Integer> rows = new HashMap<>();

    /**
     * Takes the vectors of the items that have one.
     *
     * @param parameters how they were made
     */
    ItemFoldIn(AlsParameters parameters, ItemTable items) {
        int factors = parameters.factors();
        List<ItemTable.Item> known =
                items.items().stream().filter(item -> item.vector().length == factors).toList();
        float[] vectors = new float[known.size() * factors];
        for (int row = 0; row < known.size(); row++) {
            rows.put(known.get(row).id(), row);
            System.arraycopy(known.get(row).vector(), 0, vectors, row * factors, factors);
        }
        this.foldIn = new FoldIn(parameters, vectors);
    }

    @Override
    public float[] of(Profile profile, long time) {
        double decay = profile.decayAt(time);
        List<RecentItem> items =
                profile.recentItems().all().stream()
                        .filter(item -> rows.containsKey(item.item()))
                        .filter(item -> (float) (item.weight() * decay) > 0)
                        // Sums of floats depend on their order; training is to be repeatable.
                        .sorted(Comparator.comparing(RecentItem::item))
                        .toList();
        int[] indexes = new int[items.size()];
        float[] weights = new float[items.size()];
        for (int i = 0; i < indexes.length; i++) {
            indexes[i] = rows.get(items.get(i).item());
            weights[i] = (float) (items.get(i).weight() * decay);
        }
        return indexes.length == 0 ? new float[0] : foldIn.solve(indexes, weights);
    }
}
