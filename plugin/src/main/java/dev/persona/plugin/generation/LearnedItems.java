package dev.persona.plugin.generation;

import dev.persona.profiling.coldstart.ColdStartModel;
import dev.persona.profiling.coldstart.HeldOutErrors;
import dev.persona.profiling.coldstart.ItemDescription;
import dev.persona.profiling.cooccurrence.RelatedItems;
import dev.persona.profiling.factorization.AlsParameters;
import dev.persona.profiling.factorization.IdIndex;
import dev.persona.profiling.factorization.ItemFactors;
import dev.persona.ranking.recommend.Leaders;
import dev.persona.ranking.signal.Demand;
import dev.persona.ranking.signal.ItemBehaviour;
import dev.persona.ranking.signal.ItemSignals;
import dev.persona.ranking.signal.TrainingWindow;

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
 * @param related items by the users they share
 * @param coldStart vectors for items that no user has taken to yet; empty when there were too few
 *     items to learn that from
 * @param leaders the items that users take to most
 */
public record LearnedItems(
        ItemSignals signals,
        RelatedItems related,
        Optional<ColdStartModel> coldStart,
        Leaders leaders)
        implements Writeable {
    /** An id, its place in a map, and its behaviour, on the heap. */
    private static final long BYTES_PER_ITEM = 300;

    /** A term of a description and its place in a map. */
    private static final long BYTES_PER_TERM = 150;

    /** From its parts. */
    public LearnedItems(
            ItemSignals signals, RelatedItems related, Optional<ColdStartModel> coldStart) {
        this(signals, related, coldStart, Leaders.of(signals.behaviour()));
    }

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
        TrainingWindow window = TrainingWindowJson.read(in);
        IdIndex ids = IdIndex.of(in.readStringCollectionAsList());
        ItemFactors factors = new ItemFactors(ids, in.readFloatArray(), parameters);
        RelatedItems related =
                new RelatedItems(ids, in.readIntArray(), in.readIntArray(), in.readFloatArray());
        return new LearnedItems(
                new ItemSignals(factors, window, readBehaviour(in)),
                related,
                in.readBoolean()
                        ? Optional.of(readColdStart(in, parameters.factors()))
                        : Optional.empty());
    }

    private static ItemBehaviour readBehaviour(StreamInput in) throws IOException {
        int count = in.readVInt();
        Map<String, ItemBehaviour.Numbers> behaviour = HashMap.newHashMap(count);
        for (int i = 0; i < count; i++) {
            behaviour.put(
                    in.readString(),
                    new ItemBehaviour.Numbers(
                            in.readFloat(),
                            in.readFloat(),
                            new Demand(in.readFloat(), in.readFloat(), in.readFloat())));
        }
        return new ItemBehaviour(behaviour);
    }

    private static ColdStartModel readColdStart(StreamInput in, int factors) throws IOException {
        return new ColdStartModel(
                in.readStringCollectionAsList(),
                factors,
                in.readFloatArray(),
                in.readDouble(),
                new HeldOutErrors(
                        in.readVInt(),
                        in.readDouble(),
                        in.readDouble(),
                        in.readDouble(),
                        in.readDouble()));
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
        TrainingWindowJson.write(signals.window().orElseThrow(), out);
        out.writeStringCollection(factors().items().ids());
        out.writeFloatArray(factors().vectors());
        out.writeIntArray(related.offsets());
        out.writeIntArray(related.related());
        out.writeFloatArray(related.scores());
        writeBehaviour(out);
        out.writeBoolean(coldStart.isPresent());
        if (coldStart.isPresent()) {
            write(coldStart.get(), out);
        }
    }

    private void writeBehaviour(StreamOutput out) throws IOException {
        List<String> items = new ArrayList<>(signals.behaviour().items());
        items.sort(null);
        out.writeVInt(items.size());
        for (String item : items) {
            ItemBehaviour.Numbers numbers = signals.behaviour().of(item);
            out.writeString(item);
            out.writeFloat(numbers.popularity());
            out.writeFloat(numbers.clickRate());
            out.writeFloat(numbers.demand().recent());
            out.writeFloat(numbers.demand().trend());
            out.writeFloat(numbers.demand().repeat());
        }
    }

    private static void write(ColdStartModel model, StreamOutput out) throws IOException {
        out.writeStringCollection(model.terms());
        out.writeFloatArray(model.weights());
        out.writeDouble(model.regularization());
        out.writeVInt(model.heldOut().items());
        out.writeDouble(model.heldOut().regression());
        out.writeDouble(model.heldOut().standardError());
        out.writeDouble(model.heldOut().mean());
        out.writeDouble(model.heldOut().zero());
    }

    /**
     * What there is to say of one item.
     *
     * @param vector factors long, or empty when nothing is known
     * @param numbers behaviour of users as a whole
     */
    public record Learned(float[] vector, ItemBehaviour.Numbers numbers) {}

    /** Whether there is a vector for an item, however little is known of it. */
    public boolean hasVector(String id) {
        return coldStart.isPresent() || factors().items().indexOf(id) != IdIndex.ABSENT;
    }

    /** What has been learned of an item, or can be told from its description. */
    public Learned learned(String id, ItemDescription description) {
        int row = factors().items().indexOf(id);
        float[] vector =
                row == IdIndex.ABSENT
                        ? coldStart.map(model -> model.vector(description)).orElse(new float[0])
                        : factors().vector(row);
        return new Learned(vector, signals.behaviour().of(id));
    }

    /** The item vectors. */
    public ItemFactors factors() {
        return signals.itemFactors().orElseThrow();
    }

    /** About the bytes of heap that it takes up. */
    public long bytes() {
        long floats =
                (long) factors().vectors().length
                        + 2L * related.related().length
                        + coldStart.map(model -> model.weights().length).orElse(0);
        long terms = coldStart.map(model -> model.terms().size()).orElse(0);
        return floats * Float.BYTES
                + BYTES_PER_TERM * terms
                + BYTES_PER_ITEM * (factors().items().size() + signals.behaviour().items().size());
    }
}
