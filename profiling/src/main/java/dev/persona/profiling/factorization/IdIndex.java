package dev.persona.profiling.factorization;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The ids of the outer world and their dense indexes, 0 to size - 1. Immutable. */
public final class IdIndex {
    /** What {@link #indexOf} answers for an id that is not here. */
    public static final int ABSENT = -1;

    private final String[] ids;
    private final Map<String, Integer> indexes;

    private IdIndex(String[] ids) {
        this.ids = ids;
        this.indexes = HashMap.newHashMap(ids.length);
        for (int i = 0; i < ids.length; i++) {
            Integer earlier = indexes.putIfAbsent(ids[i], i);
            if (earlier != null) {
                throw new IllegalArgumentException(
                        "id [" + ids[i] + "] stands twice, at " + earlier + " and at " + i);
            }
        }
    }

    /**
     * @param ids the ids in the order of their indexes
     * @throws IllegalArgumentException if an id stands twice
     */
    public static IdIndex of(List<String> ids) {
        return new IdIndex(List.copyOf(ids).toArray(String[]::new));
    }

    /** The number of ids. */
    public int size() {
        return ids.length;
    }

    /**
     * The id at a dense index.
     *
     * @throws IndexOutOfBoundsException unless 0 {@literal <=} index {@literal <} size
     */
    public String id(int index) {
        return ids[index];
    }

    /**
     * The dense index of an id, or {@link #ABSENT}: a number instead of an Optional because it is
     * asked per hit.
     */
    public int indexOf(String id) {
        Integer index = indexes.get(id);
        return index == null ? ABSENT : index;
    }

    /** The ids in the order of their indexes. */
    public List<String> ids() {
        return List.of(ids);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof IdIndex index && Arrays.equals(ids, index.ids);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(ids);
    }
}
