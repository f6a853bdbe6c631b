package dev.persona.ranking.feature;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What a catalog says about its items, held in memory while a model is trained. */
public final class ItemTable {
    private final CatalogFields fields;
    private final Map<String, Item> items = new HashMap<>();

    /** A table without items. */
    public ItemTable(CatalogFields fields) {
        this.fields = fields;
    }

    /**
     * One item.
     *
     * @param price price, NaN when unknown
     * @param createdAt milliseconds since 1970, NaN when unknown
     * @param attributes values of each of the catalog's attributes, in its order
     */
    public record Item(double price, double createdAt, String[][] attributes) {}

    /** Adds an item. */
    public void add(String id, Item item) {
        items.put(id, item);
    }

    /**
     * Looks up the items of a list as it was shown; of an item that is no longer there only id,
     * score and place are known.
     *
     * @param scores first-pass score of each; empty when unknown
     * @param factors length of the item vectors that will be filled in; 0 when none will
     */
    public Hits hits(List<String> ids, float[] scores, int factors) {
        Hits hits = new Hits(ids.size(), fields, factors);
        for (int i = 0; i < ids.size(); i++) {
            hits.id(i, ids.get(i));
            if (scores.length != 0) {
                hits.score(i, scores[i]);
            }
            Item item = items.get(ids.get(i));
            if (item == null) {
                continue;
            }
            hits.price(i, item.price());
            hits.createdAt(i, item.createdAt());
            for (int a = 0; a < item.attributes().length; a++) {
                hits.attribute(a, i, item.attributes()[a]);
            }
        }
        return hits;
    }
}
