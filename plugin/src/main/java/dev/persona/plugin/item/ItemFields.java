package dev.persona.plugin.item;

import com.fasterxml.jackson.core.JsonGenerator;

import dev.persona.plugin.catalog.Catalog;
import dev.persona.plugin.generation.LearnedItems;
import dev.persona.plugin.json.Json;
import dev.persona.profiling.coldstart.ItemDescription;

import org.elasticsearch.action.update.UpdateRequest;
import org.elasticsearch.xcontent.XContentType;

import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;

/** What generations write into a product: into one slot each, all of the slot or nothing. */
final class ItemFields {
    /** How often a product may change under an update before that counts as a failure. */
    private static final int RETRIES = 20;

    private final Map<Catalog.Generation, LearnedItems> generations;

    /** Of the generations that are wanted. */
    ItemFields(Map<Catalog.Generation, LearnedItems> generations) {
        this.generations = generations;
    }

    /**
     * The update that fills the slots of a product.
     *
     * @param routing of the product; null when it has none of its own
     * @param description what the catalog says of it
     */
    UpdateRequest update(String index, String id, String routing, ItemDescription description) {
        Map<String, Slot> slots = new TreeMap<>();
        generations.forEach(
                (generation, items) ->
                        slots.put(
                                generation.slot(),
                                new Slot(generation.number(), items.learned(id, description))));
        byte[] document =
                Json.smile(
                        json -> {
                            json.writeStartObject();
                            json.writeObjectFieldStart(Catalog.ITEM_OBJECT);
                            for (Map.Entry<String, Slot> slot : slots.entrySet()) {
                                write(slot.getKey(), slot.getValue(), json);
                            }
                            json.writeEndObject();
                            json.writeEndObject();
                        });
        return new UpdateRequest(index, id)
                .routing(routing)
                .doc(document, XContentType.SMILE)
                .retryOnConflict(RETRIES);
    }

    private record Slot(int generation, LearnedItems.Learned learned) {}

    private static void write(String slot, Slot what, JsonGenerator json) throws IOException {
        json.writeNumberField(Catalog.itemGenerationName(slot), what.generation());
        float[] vector = what.learned().vector();
        if (vector.length == 0) {
            json.writeNullField(Catalog.itemVectorName(slot));
        } else {
            json.writeArrayFieldStart(Catalog.itemVectorName(slot));
            for (float number : vector) {
                json.writeNumber(number);
            }
            json.writeEndArray();
        }
        number(Catalog.itemPopularityName(slot), what.learned().numbers().popularity(), json);
        number(Catalog.itemClickRateName(slot), what.learned().numbers().clickRate(), json);
        number(Catalog.itemRecentName(slot), what.learned().numbers().demand().recent(), json);
    }

    private static void number(String name, float value, JsonGenerator json) throws IOException {
        if (Float.isNaN(value)) {
            json.writeNullField(name);
        } else {
            json.writeNumberField(name, value);
        }
    }
}
