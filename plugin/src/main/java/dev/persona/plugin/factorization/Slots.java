package dev.persona.plugin.factorization;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.persona.plugin.catalog.Catalog;
import dev.persona.plugin.catalog.CompanionIndices;
import dev.persona.profiling.factorization.FactorModel;
import dev.persona.profiling.factorization.IdIndex;
import dev.persona.ranking.signal.ItemBehaviour;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What a generation puts into the slots of products and profiles. */
final class Slots {
    private Slots() {}

    /** Item vector, popularity and click rate of each item. */
    static SlotWriter.Slot ofItems(
            Catalog catalog, String slot, FactorModel factors, ItemBehaviour behaviour) {
        Set<String> ids = new HashSet<>(factors.items().ids());
        ids.addAll(behaviour.items());
        Map<String, ObjectNode> documents = new HashMap<>();
        for (String id : ids) {
            int row = factors.items().indexOf(id);
            ObjectNode document = JsonNodeFactory.instance.objectNode();
            ObjectNode fields = document.putObject(Catalog.ITEM_OBJECT);
            if (row == IdIndex.ABSENT) {
                fields.putNull(Catalog.itemVectorName(slot));
            } else {
                fields.set(Catalog.itemVectorName(slot), numbers(factors.itemVector(row)));
            }
            ItemBehaviour.Numbers numbers = behaviour.of(id);
            fields.put(Catalog.itemPopularityName(slot), numbers.popularity());
            fields.put(Catalog.itemClickRateName(slot), numbers.clickRate());
            documents.put(id, document);
        }
        ObjectNode empty = JsonNodeFactory.instance.objectNode();
        empty.putObject(Catalog.ITEM_OBJECT)
                .putNull(Catalog.itemVectorName(slot))
                .putNull(Catalog.itemPopularityName(slot))
                .putNull(Catalog.itemClickRateName(slot));
        return new SlotWriter.Slot(
                catalog.name(),
                List.of(
                        Catalog.itemVectorField(slot),
                        Catalog.itemPopularityField(slot),
                        Catalog.itemClickRateField(slot)),
                documents,
                empty,
                Optional.empty());
    }

    /** Interest vector of each user. */
    static SlotWriter.Slot ofUsers(Catalog catalog, String slot, FactorModel factors) {
        String field = Catalog.interestVectorField(slot);
        Map<String, ObjectNode> documents = new HashMap<>();
        for (int user = 0; user < factors.users().size(); user++) {
            ObjectNode document = JsonNodeFactory.instance.objectNode();
            document.set(field, numbers(factors.userVector(user)));
            documents.put(factors.users().id(user), document);
        }
        String profiles = CompanionIndices.profiles(catalog.name());
        return new SlotWriter.Slot(
                profiles,
                List.of(field),
                documents,
                JsonNodeFactory.instance.objectNode().putNull(field),
                Optional.of(CompanionIndices.writeAlias(profiles)));
    }

    private static ArrayNode numbers(float[] vector) {
        ArrayNode numbers = JsonNodeFactory.instance.arrayNode(vector.length);
        for (float number : vector) {
            numbers.add(number);
        }
        return numbers;
    }
}
