package dev.persona.plugin.catalog;

import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.persona.plugin.json.Json;

import org.elasticsearch.ElasticsearchStatusException;
import org.elasticsearch.ResourceNotFoundException;
import org.elasticsearch.cluster.metadata.IndexMetadata;
import org.elasticsearch.cluster.metadata.ProjectId;
import org.elasticsearch.cluster.metadata.ProjectMetadata;
import org.elasticsearch.index.IndexVersion;
import org.elasticsearch.rest.RestStatus;
import org.elasticsearch.test.ESTestCase;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

public class CatalogTests extends ESTestCase {
    private static final CatalogSettings SETTINGS =
            CatalogSettings.parse(
                    Json.readText(
                            "{\"fields\": {\"price\": \"price\", \"attributes\": [\"brand\"]},"
                                    + " \"factors\": 8}"));

    private static Optional<Catalog> stored(Map<String, String> custom) {
        IndexMetadata.Builder profiles =
                IndexMetadata.builder("persona-profiles-products")
                        .settings(indexSettings(IndexVersion.current(), 1, 0))
                        .putCustom(Catalog.METADATA, custom);
        ProjectMetadata project = ProjectMetadata.builder(ProjectId.DEFAULT).put(profiles).build();
        return Catalog.find(project, "products");
    }

    public void testItsChangesMakeTheCatalogThatIsRead() {
        int number = between(1, 1000);
        String slot = randomFrom("a", "b");
        Map<String, String> custom = new HashMap<>(Catalog.change(SETTINGS));
        custom.putAll(Catalog.change(new Catalog.Generation(number, slot)));
        custom.putAll(Catalog.activate("default", 3));
        custom.putAll(Catalog.activate("other.model", 7));
        custom.putAll(Catalog.activate("default", 4));

        Catalog catalog = stored(custom).orElseThrow();

        assertEquals(
                new Catalog(
                        "products",
                        SETTINGS,
                        Optional.of(new Catalog.Generation(number, slot)),
                        Map.of("default", 4, "other.model", 7),
                        Tagging.read(Map.of(), SETTINGS)),
                catalog);
    }

    public void testItIsNoCatalogWithoutSettings() {
        assertEquals(Optional.empty(), stored(Map.of()));
        assertEquals(Optional.empty(), stored(Catalog.change(new Catalog.Generation(1, "a"))));
        assertEquals(
                Optional.empty(),
                Catalog.find(ProjectMetadata.builder(ProjectId.DEFAULT).build(), "products"));
    }

    public void testGenerationsTakeTheSlotThatIsNotInUse() {
        Map<String, String> custom = new HashMap<>(Catalog.change(SETTINGS));
        Catalog.Generation first = stored(custom).orElseThrow().nextGeneration();
        custom.putAll(Catalog.change(first));
        Catalog.Generation second = stored(custom).orElseThrow().nextGeneration();
        custom.putAll(Catalog.change(second));
        Catalog.Generation third = stored(custom).orElseThrow().nextGeneration();

        assertEquals(new Catalog.Generation(1, "a"), first);
        assertEquals(new Catalog.Generation(2, "b"), second);
        assertEquals(new Catalog.Generation(3, "a"), third);
    }

    public void testAModelThatIsNotThereIsNamedWithThoseThatAre() {
        Map<String, String> custom = new HashMap<>(Catalog.change(SETTINGS));
        custom.putAll(Catalog.activate("default", 1));
        Catalog catalog = stored(custom).orElseThrow();

        ResourceNotFoundException e =
                expectThrows(
                        ResourceNotFoundException.class,
                        () -> catalog.requireActiveVersion("best"));

        assertEquals(
                "[products] has no ranking model [best], it has [default]; train it with POST"
                        + " /products/_persona/models/best/_train",
                e.getMessage());
        assertEquals(OptionalInt.empty(), catalog.activeVersion("best"));
        assertEquals(1, catalog.requireActiveVersion("default"));
    }

    public void testAnotherRegistrationMayChangeOnlyWhatShapesNoData() {
        Map<String, String> stored = new HashMap<>(Catalog.change(SETTINGS));
        stored.putAll(Catalog.activate("default", 3));
        ObjectNode limited = SETTINGS.toJson();
        limited.putObject("limits").put("id_bytes", 10);
        limited.putObject("retention").put("view", "1d");
        CatalogSettings other = CatalogSettings.parse(limited);
        CatalogSettings elsewhere = CatalogSettings.parse(limited.put("time_zone", "Asia/Tokyo"));

        Map<String, String> changed = Catalog.apply("products", stored, Catalog.change(other));

        assertEquals(other, stored(changed).orElseThrow().settings());
        assertEquals(3, stored(changed).orElseThrow().requireActiveVersion("default"));
        ElasticsearchStatusException e =
                expectThrows(
                        ElasticsearchStatusException.class,
                        () -> Catalog.apply("products", stored, Catalog.change(elsewhere)));
        assertEquals(RestStatus.CONFLICT, e.status());
    }
}
