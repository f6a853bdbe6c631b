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
import java.util.List;
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
        custom.putAll(Catalog.use(new Catalog.Generation(number, slot)));
        custom.putAll(Catalog.begin(new Catalog.Generation(number + 1, "b")));
        custom.putAll(Catalog.announce(new Catalog.Generation(number + 1, "b")));
        custom.putAll(Catalog.activate("default", 3));
        custom.putAll(Catalog.activate("other.model", 7));
        custom.putAll(Catalog.activate("default", 4));

        Catalog catalog = stored(custom).orElseThrow();

        assertEquals(
                new Catalog(
                        "products",
                        SETTINGS,
                        Optional.of(new Catalog.Generation(number, slot)),
                        Optional.of(new Catalog.Generation(number + 1, "b")),
                        number + 1,
                        Map.of("default", 4, "other.model", 7),
                        Tagging.read(Map.of(), SETTINGS),
                        Optional.empty()),
                catalog);
    }

    private static Catalog catalog(Map<String, String> stored) {
        return stored(stored).orElseThrow();
    }

    public void testSegmentsAreSweptAnewUnlessOnlyLabelsAreOthers() {
        Map<String, String> none = Catalog.change(SETTINGS);
        Map<String, String> used = Catalog.apply("products", none, catalog(none).useSegments(4));
        Map<String, String> swept =
                Catalog.apply("products", used, catalog(used).segmentsSwept(20_000));
        Map<String, String> labelled =
                Catalog.apply("products", swept, catalog(swept).relabelSegments(5));
        Map<String, String> again =
                Catalog.apply("products", labelled, catalog(labelled).useSegments(6));

        assertEquals(
                Optional.of(new Segmentation(4, OptionalInt.empty())), catalog(used).segments());
        assertTrue(catalog(used).segments().orElseThrow().isDue(1));
        assertEquals(
                Optional.of(new Segmentation(5, OptionalInt.of(20_000))),
                catalog(labelled).segments());
        assertFalse(catalog(labelled).segments().orElseThrow().isDue(20_000));
        assertTrue(catalog(labelled).segments().orElseThrow().isDue(20_001));
        assertEquals(
                Optional.of(new Segmentation(6, OptionalInt.empty())), catalog(again).segments());
        assertEquals(Optional.empty(), catalog(none).segments());
    }

    public void testAChangeOfSegmentsThatAnotherHasOvertakenIsRefused() {
        Map<String, String> none = Catalog.change(SETTINGS);
        Map<String, String> used = Catalog.apply("products", none, catalog(none).useSegments(1));
        Map<String, String> label = catalog(used).relabelSegments(2);
        Map<String, String> done = catalog(used).segmentsSwept(20_000);
        Map<String, String> later = Catalog.apply("products", used, catalog(used).useSegments(3));

        for (Map<String, String> late : List.of(label, done, catalog(none).useSegments(2))) {
            ElasticsearchStatusException e =
                    expectThrows(
                            ElasticsearchStatusException.class,
                            () -> Catalog.apply("products", later, late));
            assertEquals(RestStatus.CONFLICT, e.status());
        }
    }

    public void testItIsNoCatalogWithoutSettings() {
        assertEquals(Optional.empty(), stored(Map.of()));
        assertEquals(Optional.empty(), stored(Catalog.use(new Catalog.Generation(1, "a"))));
        assertEquals(
                Optional.empty(),
                Catalog.find(ProjectMetadata.builder(ProjectId.DEFAULT).build(), "products"));
    }

    public void testGenerationsTakeTheSlotThatIsNotInUse() {
        Map<String, String> custom = new HashMap<>(Catalog.change(SETTINGS));
        Catalog.Generation first = stored(custom).orElseThrow().nextGeneration();
        Map<String, String> used = trained(custom, first);
        Catalog.Generation second = stored(used).orElseThrow().nextGeneration();
        // It comes to nothing, and its number is not taken again.
        Map<String, String> begun = Catalog.apply("products", used, Catalog.begin(second));
        Catalog.Generation third = stored(begun).orElseThrow().nextGeneration();
        Catalog.Generation fourth = stored(trained(begun, third)).orElseThrow().nextGeneration();

        assertEquals(new Catalog.Generation(1, "a"), first);
        assertEquals(new Catalog.Generation(2, "b"), second);
        assertEquals(new Catalog.Generation(3, "b"), third);
        assertEquals(new Catalog.Generation(4, "a"), fourth);
        assertEquals(Optional.empty(), stored(trained(begun, third)).orElseThrow().incoming());
    }

    private static Map<String, String> trained(
            Map<String, String> stored, Catalog.Generation generation) {
        Map<String, String> begun = Catalog.apply("products", stored, Catalog.begin(generation));
        Map<String, String> told = Catalog.apply("products", begun, Catalog.announce(generation));
        assertEquals(Optional.of(generation), stored(told).orElseThrow().incoming());
        return Catalog.apply("products", told, Catalog.use(generation));
    }

    public void testATrainingThatAnotherHasOvertakenIsNotPutToUse() {
        Map<String, String> stored = Catalog.change(SETTINGS);
        Catalog.Generation slow = new Catalog.Generation(1, "a");
        Catalog.Generation quick = new Catalog.Generation(2, "a");
        Map<String, String> begun = Catalog.apply("products", stored, Catalog.begin(slow));
        Map<String, String> told = Catalog.apply("products", begun, Catalog.announce(slow));
        Map<String, String> later = Catalog.apply("products", told, Catalog.begin(quick));

        ElasticsearchStatusException e =
                expectThrows(
                        ElasticsearchStatusException.class,
                        () -> Catalog.apply("products", later, Catalog.use(slow)));

        assertEquals(RestStatus.CONFLICT, e.status());
        for (Map<String, String> late :
                List.of(Catalog.begin(slow), Catalog.announce(slow), Catalog.withdraw(slow))) {
            expectThrows(
                    ElasticsearchStatusException.class,
                    () -> Catalog.apply("products", later, late));
        }
        // Not even when the catalog has been made anew meanwhile.
        expectThrows(
                ElasticsearchStatusException.class,
                () -> Catalog.apply("products", stored, Catalog.announce(slow)));
    }

    public void testWhatComesToNothingIsTakenBackAndASwitchMayBeAskedForTwice() {
        Catalog.Generation first = new Catalog.Generation(1, "a");
        Map<String, String> begun =
                Catalog.apply("products", Catalog.change(SETTINGS), Catalog.begin(first));
        Map<String, String> told = Catalog.apply("products", begun, Catalog.announce(first));

        Map<String, String> back = Catalog.apply("products", told, Catalog.withdraw(first));
        Map<String, String> used = Catalog.apply("products", told, Catalog.use(first));

        assertEquals(Optional.empty(), stored(back).orElseThrow().incoming());
        assertEquals(used, Catalog.apply("products", used, Catalog.use(first)));
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
