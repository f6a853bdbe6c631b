package dev.persona.plugin.generation;

import dev.persona.profiling.event.ItemFacts;
import dev.persona.profiling.factorization.AlsParameters;
import dev.persona.profiling.factorization.IdIndex;
import dev.persona.profiling.factorization.ItemFactors;
import dev.persona.ranking.signal.ItemBehaviour;
import dev.persona.ranking.signal.ItemSignals;

import org.elasticsearch.common.io.stream.StreamInput;
import org.elasticsearch.common.io.stream.StreamOutput;
import org.elasticsearch.common.io.stream.Writeable;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What one generation has learned of a catalog's items from all users. Immutable.
 *
 * @param signals item vectors, and behaviour towards the items
 */
public record LearnedItems(ItemSignals signals) implements Writeable {
    /** An id, its place in a map, and its behaviour, on the heap. */
    private static final long BYTES_PER_ITEM = 300;

    /** Reads what {@link #writeTo} wrote. */
    public static LearnedItems read(StreamInput in) throws IOException {
        AlsParameters parameters =
                new AlsParameters(
                        in.readVInt(),
                        in.readVInt(),
                        in.readDouble(),
                        in.readDouble(),
                        in.readLong(),
                        in.readBoolean(),
                        in.readVInt());
        IdIndex ids = IdIndex.of(in.readStringCollectionAsList());
        ItemFactors factors = new ItemFactors(ids, in.readFloatArray(), parameters);
        int count = in.readVInt();
        Map<String, ItemBehaviour.Numbers> behaviour = HashMap.newHashMap(count);
        for (int i = 0; i < count; i++) {
            behaviour.put(
                    in.readString(), new ItemBehaviour.Numbers(in.readFloat(), in.readFloat()));
        }
        return new LearnedItems(
                new ItemSignals(Optional.of(factors), new ItemBehaviour(behaviour)));
    }

    @Override
    public void writeTo(StreamOutput out) throws IOException {
        AlsParameters parameters = factors().parameters();
        out.writeVInt(parameters.factors());
        out.writeVInt(parameters.iterations());
        out.writeDouble(parameters.regularization());
        out.writeDouble(parameters.alpha());
        out.writeLong(parameters.seed());
        out.writeBoolean(parameters.scaleRegularization());
        out.writeVInt(parameters.steps());
        out.writeStringCollection(factors().items().ids());
        out.writeFloatArray(factors().vectors());
        List<String> items = new ArrayList<>(signals.behaviour().items());
        items.sort(null);
        out.writeVInt(items.size());
        for (String item : items) {
            ItemBehaviour.Numbers numbers = signals.behaviour().of(item);
            out.writeString(item);
            out.writeFloat(numbers.popularity());
            out.writeFloat(numbers.clickRate());
        }
    }

    /**
     * What there is to say of one item.
     *
     * @param vector factors long, or empty when nothing is known
     * @param numbers behaviour of users as a whole
     */
    public record Learned(float[] vector, ItemBehaviour.Numbers numbers) {}

    /**
     * What has been learned of an item.
     *
     * @param facts what the catalog says of it
     * @param title of the item; empty when there is none
     */
    public Learned learned(String id, ItemFacts facts, String title) {
        int row = factors().items().indexOf(id);
        return new Learned(
                row == IdIndex.ABSENT ? new float[0] : factors().vector(row),
                signals.behaviour().of(id));
    }

    /** The item vectors. */
    public ItemFactors factors() {
        return signals.itemFactors().orElseThrow();
    }

    /** About the bytes of heap that it takes up. */
    public long bytes() {
        return (long) factors().vectors().length * Float.BYTES
                + BYTES_PER_ITEM * (factors().items().size() + signals.behaviour().items().size());
    }
}
