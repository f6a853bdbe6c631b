package dev.persona.plugin.catalog;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.persona.plugin.json.Json;

import org.elasticsearch.action.admin.indices.alias.Alias;
import org.elasticsearch.action.admin.indices.create.CreateIndexRequest;
import org.elasticsearch.action.index.IndexRequest;
import org.elasticsearch.xcontent.XContentType;

import java.util.List;
import java.util.Optional;

/** The indices that stand beside a catalog: its events, profiles, and state. */
public final class CompanionIndices {
    private static final String EVENTS = "persona-events-";
    private static final String PROFILES = "persona-profiles-";
    private static final String STATE = "persona-state-";

    private CompanionIndices() {}

    /** Index of the events of a catalog. */
    public static String events(String catalog) {
        return EVENTS + catalog;
    }

    /** Index of the profiles of a catalog. */
    public static String profiles(String catalog) {
        return PROFILES + catalog;
    }

    /** Index of the versions of ranking models and the positions of followers. */
    public static String state(String catalog) {
        return STATE + catalog;
    }

    /**
     * The alias to write to, with {@code require_alias}. A write that comes after its index was
     * removed then fails, where a write to the index itself would make it anew: with what was to be
     * forgotten.
     */
    public static String writeAlias(String index) {
        return "persona-write-" + index;
    }

    /** All of them. Events first: who removes them in this order stops the followers first. */
    public static List<String> all(String catalog) {
        return List.of(events(catalog), profiles(catalog), state(catalog));
    }

    /** The catalog whose events an index holds, if it does. */
    public static Optional<String> catalogOfEvents(String index) {
        return index.startsWith(EVENTS)
                ? Optional.of(index.substring(EVENTS.length()))
                : Optional.empty();
    }

    static Optional<String> catalogOfProfiles(String index) {
        return index.startsWith(PROFILES)
                ? Optional.of(index.substring(PROFILES.length()))
                : Optional.empty();
    }

    /** A request to write a document into one of them. */
    public static IndexRequest write(String index, String id) {
        return new IndexRequest(writeAlias(index)).id(id).setRequireAlias(true);
    }

    /** The requests that create them. */
    static List<CreateIndexRequest> create(String catalog, CatalogSettings settings) {
        return List.of(
                create(events(catalog), "events_index.json", settings),
                create(profiles(catalog), "profiles_index.json", settings),
                create(state(catalog), "state_index.json", settings));
    }

    private static CreateIndexRequest create(String index, String file, CatalogSettings settings) {
        ObjectNode body = Json.config(file).deepCopy();
        JsonNode properties = body.path("mappings").path("properties");
        if (file.startsWith("profiles")) {
            for (String slot : List.of("a", "b")) {
                ObjectNode vector = JsonNodeFactory.instance.objectNode();
                vector.put("type", "dense_vector");
                vector.put("dims", settings.factors());
                vector.put("index", false);
                ((ObjectNode) properties).set(Catalog.interestVectorField(slot), vector);
            }
        }
        return new CreateIndexRequest(index)
                .alias(new Alias(writeAlias(index)).writeIndex(true).isHidden(true))
                .settings(body.path("settings").toString(), XContentType.JSON)
                .mapping(body.path("mappings").toString());
    }

    /** Mapping that a product index gets for each slot: a vector to search by kNN, two numbers. */
    static String itemMapping(CatalogSettings settings) {
        ObjectNode mapping = JsonNodeFactory.instance.objectNode();
        ObjectNode persona = mapping.putObject("properties").putObject(Catalog.ITEM_OBJECT);
        ObjectNode fields = persona.putObject("properties");
        for (String slot : List.of("a", "b")) {
            ObjectNode vector = fields.putObject(Catalog.itemVectorName(slot));
            vector.put("type", "dense_vector");
            vector.put("dims", settings.factors());
            vector.put("index", true);
            vector.put("similarity", "max_inner_product");
            vector.putObject("index_options").put("type", "int8_hnsw");
            fields.putObject(Catalog.itemGenerationName(slot)).put("type", "integer");
            fields.putObject(Catalog.itemPopularityName(slot)).put("type", "float");
            fields.putObject(Catalog.itemRecentName(slot)).put("type", "float");
            number(fields.putObject(Catalog.itemClickRateName(slot)));
        }
        return mapping.toString();
    }

    private static void number(ObjectNode field) {
        field.put("type", "float");
        field.put("index", false);
    }
}
