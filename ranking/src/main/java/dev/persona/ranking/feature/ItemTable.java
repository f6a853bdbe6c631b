package dev.persona.ranking.feature;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The items of a catalog held in memory while a model is trained. */
public final class ItemTable {
    private final CatalogFields fields;
    private final int factors;
    private final Map<String, Integer> rows = new HashMap<>();
    private final List<Item> items = new ArrayList<>();

    /**
     * @param fields what the catalog can tell
     * @param factors length of the item vectors; 0 when there are none
     */
    public ItemTable(CatalogFields fields, int factors) {
        this.fields = fields;
        this.factors = factors;
    }

    /**
     * One item.
     *
     * @param id its id
     * @param price price, NaN when unknown
     * @param createdAt milliseconds since 1970, NaN when unknown
     * @param attributes values of each of the catalog's attributes, in its order
     * @param vector item vector; empty when there is none
     */
    public record Item(
            String id, double price, double createdAt, String[][] attributes, float[] vector) {}

    /**
     * Adds an item.
     *
     * @throws IllegalArgumentException when its vector has another length than the table's
     */
    public void add(Item item) {
        if (item.vector().length != 0 && item.vector().length != factors) {
            throw new IllegalArgumentException(
                    "item vectors have " + factors + " numbers, was " + item.vector().length);
        }
        rows.put(item.id(), items.size());
        items.add(item);
    }

    /** Number of items. */
    public int size() {
        return items.size();
    }

    /** All items. */
    public List<Item> items() {
        return items;
    }

    /** What the catalog can tell. */
    public CatalogFields fields() {
        return fields;
    }

    /**
     * Looks up the items of one list; of an item that is no longer there only id and score are
     * known.
     *
     * @param scores first-pass score of each; empty when unknown
     */
    public Hits hits(List<String> ids, float[] scores) {
        Hits hits = new Hits(ids.size(), fields, factors);
        for (int i = 0; i < ids.size(); i++) {
            hits.id(i, ids.get(i));
            if (scores.length != 0) {
                hits.score(i, scores[i]);
            }
            Integer row = rows.get(ids.get(i));
            if (row == null) {
                continue;
            }
            Item item = items.get(row);
            hits.price(i, item.price());
            hits.createdAt(i, item.createdAt());
            for (int a = 0; a < item.attributes().length; a++) {
                hits.attribute(a, i, item.attributes()[a]);
            }
            if (item.vector().length != 0) {
                hits.vector(i, item.vector(), 0);
            }
        }
        return hits;
    }
}
