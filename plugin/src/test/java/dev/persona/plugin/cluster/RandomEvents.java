package dev.persona.plugin.cluster;

import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.persona.plugin.catalog.CatalogSettings;
import dev.persona.profiling.event.Event;
import dev.persona.profiling.event.EventJson;
import dev.persona.profiling.event.EventType;
import dev.persona.profiling.event.ItemFacts;
import dev.persona.profiling.profile.Profile;

import org.elasticsearch.test.ESTestCase;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Events of a few users about a few products, and the profiles that they make. */
final class RandomEvents {
    static final int PRODUCTS = 6;
    private static final long DAY = 86_400_000;

    private final long now;
    private final Map<String, Profile> profiles = new TreeMap<>();
    private final CatalogSettings settings;
    private int next;

    RandomEvents(CatalogSettings settings, long now) {
        this.settings = settings;
        this.now = now;
    }

    static String brand(int product) {
        return product % 2 == 0 ? "acme" : "bolt";
    }

    static double price(int product) {
        return 10 + product;
    }

    /** Makes a batch, and applies it to the profiles that should come of it. */
    List<ObjectNode> batch(int size) {
        List<ObjectNode> batch = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            int product = ESTestCase.between(0, PRODUCTS - 1);
            ObjectNode event =
                    PersonaClusterTestCase.event(
                            "e" + next++,
                            "u" + ESTestCase.between(1, 5),
                            ESTestCase.randomFrom(EventType.standard()).id(),
                            "p" + product,
                            now - ESTestCase.randomLongBetween(0, 90 * DAY));
            String type = event.path("type").asText();
            ItemFacts facts =
                    new ItemFacts(
                            Map.of(
                                    "category", List.of("lamps"),
                                    "brand", List.of(brand(product))),
                            price(product));
            if (type.equals("impression") || type.equals("search")) {
                event.remove("item_id");
                event.putArray("items").add("p0").add("p1");
                facts = ItemFacts.UNKNOWN;
            }
            batch.add(event);
            Event applied = EventJson.parse(event, settings.eventRules(), now).withFacts(facts);
            profiles.computeIfAbsent(applied.user(), user -> new Profile(settings.rules()))
                    .apply(applied);
        }
        return batch;
    }

    /** The profiles that all events so far make, by user. */
    Map<String, Profile> profiles() {
        return profiles;
    }

    int size() {
        return next;
    }
}
