package dev.persona.plugin.catalog;

import dev.persona.plugin.json.Json;
import dev.persona.profiling.json.InvalidFieldException;
import dev.persona.profiling.profile.Boundaries;
import dev.persona.profiling.profile.Population;

import org.elasticsearch.test.ESTestCase;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

public class TaggingTests extends ESTestCase {
    private static final CatalogSettings SETTINGS =
            CatalogSettings.parse(Json.readText("{\"custom_events\": {\"wishlist\": 2}}"));
    private static final String WISHING =
            "{\"wishing\": {\"when\": {\"field\": \"events.wishlist.total\", \"gte\": 1}}}";

    private static Population population(double monetary) {
        Boundaries four = new Boundaries(List.of(1.0, 2.0, 3.0, monetary));
        return new Population(four, four, four, Boundaries.NONE, 9);
    }

    public void testTheShippedRulesHoldUntilOthersAreStored() {
        Tagging tagging = Tagging.read(Map.of(), SETTINGS);

        assertEquals(Json.config("tags.json"), tagging.rules().toJson());
        assertEquals(Optional.empty(), tagging.population());
        assertEquals(Optional.empty(), tagging.computedAt());
    }

    public void testWhatIsStoredIsRead() {
        Map<String, String> stored =
                new HashMap<>(Tagging.change(Tagging.parse(Json.readText(WISHING), SETTINGS)));
        stored.putAll(Tagging.change(population(4), Instant.EPOCH));

        Tagging tagging = Tagging.read(stored, SETTINGS);

        assertEquals(Json.readText(WISHING), tagging.rules().toJson());
        assertEquals(Optional.of(population(4)), tagging.population());
        assertEquals(Optional.of(Instant.EPOCH), tagging.computedAt());
    }

    public void testItIsSweptUntilRulesOrPopulationAreOthers() {
        Map<String, String> stored = new HashMap<>();
        assertFalse(Tagging.read(stored, SETTINGS).isSwept());
        for (Map<String, String> change :
                List.of(
                        Tagging.change(population(4), Instant.EPOCH),
                        Tagging.change(Tagging.parse(Json.readText(WISHING), SETTINGS)),
                        Tagging.change(population(5), Instant.EPOCH))) {
            stored.putAll(change);
            assertFalse(Tagging.read(stored, SETTINGS).isSwept());
            stored.putAll(Tagging.swept(Tagging.read(stored, SETTINGS)));
            assertTrue(Tagging.read(stored, SETTINGS).isSwept());
        }
        stored.putAll(Tagging.change(population(5), Instant.now()));
        assertTrue("the same population again", Tagging.read(stored, SETTINGS).isSwept());
    }

    public void testOnlyEventTypesOfTheCatalogAreKnown() {
        CatalogSettings other = CatalogSettings.parse(Json.readText("{}"));

        InvalidFieldException e =
                expectThrows(
                        InvalidFieldException.class,
                        () -> Tagging.parse(Json.readText(WISHING), other));

        assertEquals("tags.wishing.when.field", e.field());
    }

    public void testRulesAreNoLongerThanTheClusterStateCanBear() {
        String text =
                "{\"long\": {\"description\": \"%s\", \"when\": {\"field\": \"sessions\", \"gt\": 1}}}"
                        .formatted("x".repeat(100_000));

        InvalidFieldException e =
                expectThrows(
                        InvalidFieldException.class,
                        () -> Tagging.parse(Json.readText(text), SETTINGS));

        assertTrue(
                e.getMessage(), e.getMessage().contains("at most 100000 characters of JSON, was"));
    }
}
