package dev.persona.plugin.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.persona.plugin.catalog.CatalogSettings;
import dev.persona.plugin.json.Json;

import java.io.IOException;
import java.util.List;

/** Registering and unregistering catalogs. */
public class CatalogClusterTests extends PersonaClusterTestCase {
    private static Reply put(String index, String settings) throws IOException {
        return call("PUT", "/" + index + "/_persona", settings);
    }

    public void testARegisteredCatalogShowsItsSettingsAndState() throws Exception {
        createProducts("products", 2);

        JsonNode answer = ok(put("products", settings(8).toString()));
        JsonNode shown = ok(call("GET", "/products/_persona"));

        assertEquals(Json.readText("{\"acknowledged\": true, \"catalog\": \"products\"}"), answer);
        assertEquals("products", shown.path("catalog").asText());
        assertEquals(CatalogSettings.parse(settings(8)).toJson(), shown.path("settings"));
        assertEquals(0, shown.at("/state/events").asInt(-1));
        assertEquals(0, shown.at("/state/profiles").asInt(-1));
        assertTrue(shown.at("/state/factors").isMissingNode());
        assertEquals(Json.readText("{}"), shown.at("/state/models"));
    }

    public void testRegisteringTheSameAgainIsAcknowledgedAndOtherSettingsAreNot() throws Exception {
        createProducts("products", 1);
        register("products", 8);

        register("products", 8);
        ObjectNode other = settings(9).put("half_life", "7d");
        Reply refused = put("products", other.toString());

        assertRefused(409, "other settings: [half_life, factors]", refused);
        assertEquals(8, ok(call("GET", "/products/_persona")).at("/settings/factors").asInt());
    }

    public void testAnIndexThatIsNotThereIsNotFound() throws Exception {
        assertRefused(404, "no such index [products]", put("products", "{}"));
        assertRefused(404, "no such index [prod*]", put("prod*", "{}"));
        assertRefused(404, "PUT /products/_persona", call("GET", "/products/_persona"));
        assertRefused(404, "PUT /products/_persona", call("DELETE", "/products/_persona"));
        assertRefused(404, "not registered", call("POST", "/products/_persona/events", "{}"));
        assertRefused(404, "not registered", call("GET", "/products/_persona/profiles/u1"));
        assertRefused(404, "not registered", call("POST", "/products/_persona/factors/_train"));
        assertRefused(404, "not registered", call("POST", "/products/_persona/models/m/_train"));
        assertRefused(404, "not registered", call("POST", "/products/_persona/models/m/_reload"));
    }

    public void testFieldsMustBeMappedAndFitForTheirRoles() throws Exception {
        createProducts("products", 1);
        ok(
                call(
                        "PUT",
                        "/products/_mapping",
                        """
                        {"properties": {"cost": {"type": "double", "doc_values": false}}}
                        """));

        assertRefused(
                400,
                "[fields.price] names [prize], which is not mapped",
                put("products", "{\"fields\": {\"price\": \"prize\"}}"));
        assertRefused(
                400,
                "[fields.price] names [title] of type [text], must be one of [byte,",
                put("products", "{\"fields\": {\"price\": \"title\"}}"));
        assertRefused(
                400,
                "[fields.created_at] names [price] of type [double], must be one of [date,",
                put("products", "{\"fields\": {\"created_at\": \"price\"}}"));
        assertRefused(
                400,
                "[fields.attributes] names [description] of type [text]",
                put("products", "{\"fields\": {\"attributes\": [\"brand\", \"description\"]}}"));
        assertRefused(
                400,
                "[fields.price] names [cost], which has no doc values",
                put("products", "{\"fields\": {\"price\": \"cost\"}}"));
        assertRefused(404, "not registered", call("GET", "/products/_persona"));
        assertFalse(indexExists("persona-profiles-products"));
    }

    public void testAnUnknownSettingIsRefusedWithTheNearestKnownOne() throws Exception {
        createProducts("products", 1);

        assertRefused(
                400,
                "[halflife] is not known, did you mean [half_life]?",
                put("products", "{\"halflife\": \"1d\"}"));
        assertRefused(400, "[body] is not valid JSON", put("products", "{\"factors\": 8"));
    }

    public void testACatalogThatIsUnregisteredKeepsItsDataUnlessPurged() throws Exception {
        createProducts("products", 1);
        register("products", 8);
        putProduct("products", "p1", "acme", 10);
        send("products", List.of(event("e1", "u1", "view", "p1", 1)));
        awaitProfiles("products");

        JsonNode kept = ok(call("DELETE", "/products/_persona"));
        Reply meanwhile = call("GET", "/products/_persona/profiles/u1");
        register("products", 8);
        Reply again = call("GET", "/products/_persona/profiles/u1");
        JsonNode purged = ok(call("DELETE", "/products/_persona?purge=true"));

        assertEquals(Json.readText("{\"acknowledged\": true, \"purged\": false}"), kept);
        assertEquals(404, meanwhile.status());
        assertEquals(1, ok(again).at("/profile/events/view/total").asInt());
        assertEquals(Json.readText("{\"acknowledged\": true, \"purged\": true}"), purged);
        for (String companion : List.of("events", "profiles", "state")) {
            assertFalse(indexExists("persona-" + companion + "-products"));
        }
        assertEquals(200, call("GET", "/products/_doc/p1").status());
    }

    public void testKeptProfilesGoOnOnlyWithTheRulesThatMadeThem() throws Exception {
        createProducts("products", 1);
        register("products", 8);
        ok(call("DELETE", "/products/_persona"));

        assertRefused(
                409,
                "kept that were made with other settings: [half_life]",
                put("products", settings(8).put("half_life", "1d").toString()));
        ok(call("DELETE", "/products/_persona?purge=true"));
        ok(put("products", settings(8).put("half_life", "1d").toString()));
    }

    public void testAProductIndexBelongsToOneCatalog() throws Exception {
        createProducts("products", 1);
        register("products", 8);
        ok(
                call(
                        "POST",
                        "/_aliases",
                        "{\"actions\": [{\"add\": {\"index\": \"products\", \"alias\": \"shop\"}}]}"));

        assertRefused(
                409,
                "[shop] has products of [products], which is registered already",
                put("shop", settings(8).toString()));
    }

    public void testAnAttributeMayBeAMultiField() throws Exception {
        ok(
                call(
                        "PUT",
                        "/products",
                        """
                        {"mappings": {"properties": {"brand": {"type": "text",
                            "fields": {"keyword": {"type": "keyword"}}}}}}
                        """));
        ok(put("products", "{\"fields\": {\"attributes\": [\"brand.keyword\"]}, \"factors\": 8}"));
        assertEquals(
                201, call("PUT", "/products/_doc/p1", "{\"brand\": \"Acme & Sons\"}").status());
        send(
                "products",
                List.of(event("e1", "u1", "view", "p1", System.currentTimeMillis() - 1000)));
        awaitProfiles("products");

        JsonNode affinities =
                ok(call("GET", "/products/_persona/profiles/u1")).at("/profile/affinities");

        assertEquals(1.0, affinities.path("brand.keyword").path("Acme & Sons").asDouble(), 0.01);
    }

    public void testAPurgedCatalogStartsAnew() throws Exception {
        createProducts("products", 1);
        register("products", 8);
        putProduct("products", "p1", "acme", 10);
        send("products", List.of(event("e1", "u1", "view", "p1", 1)));
        awaitProfiles("products");
        ok(call("DELETE", "/products/_persona?purge=true"));

        register("products", 8);
        send("products", List.of(event("e1", "u1", "click", "p1", 1)));
        awaitProfiles("products");

        JsonNode events = ok(call("GET", "/products/_persona/profiles/u1")).at("/profile/events");
        assertEquals(1, events.size());
        assertEquals(1, events.at("/click/total").asInt());
    }

    public void testARefusedRegistrationLeavesNothingThatALaterOneFailsOn() throws Exception {
        createProducts("products", 1);
        register("products", 8);
        ok(call("DELETE", "/products/_persona?purge=true"));

        // The products still have vectors of 8 numbers.
        Reply refused = put("products", settings(4).toString());
        register("products", 8);

        assertEquals(refused.json().toString(), 400, refused.status());
        assertEquals(
                8,
                ok(call("GET", "/persona-profiles-products/_mapping"))
                        .at("/persona-profiles-products/mappings/properties/interest_a/dims")
                        .asInt());
    }

    public void testDataThatWasKeptMustFitTheSettingsNow() throws Exception {
        createProducts("products", 1);
        register("products", 8);
        ok(call("DELETE", "/products/_persona"));
        ok(call("DELETE", "/products"));
        createProducts("products", 1);

        Reply refused = put("products", settings(4).toString());

        assertRefused(409, "kept that were made with other settings: [factors]", refused);
        assertRefused(404, "not registered", call("GET", "/products/_persona"));
    }

    public void testAnAliasCanBeACatalog() throws Exception {
        createProducts("products-1", 1);
        createProducts("products-2", 1);
        ok(call("PUT", "/products-1,products-2/_alias/products"));

        register("products", 8);

        for (String index : List.of("products-1", "products-2")) {
            assertEquals(
                    8,
                    ok(call("GET", "/" + index + "/_mapping"))
                            .at(
                                    "/"
                                            + index
                                            + "/mappings/properties/persona/properties/vector_a/dims")
                            .asInt());
        }
        putProduct("products-2", "p1", "acme", 10);
        send("products", List.of(event("e1", "u1", "view", "p1", 1)));
        awaitProfiles("products");
        assertTrue(
                ok(call("GET", "/products/_persona/profiles/u1"))
                        .at("/profile/affinities/brand")
                        .has("acme"));
    }

    public void testWhatRunsIsShownNodeByNode() throws Exception {
        JsonNode info = ok(call("GET", "/_persona"));

        assertEquals(2, info.at("/_nodes/successful").asInt());
        assertEquals(2, info.path("nodes").size());
        for (JsonNode node : info.path("nodes")) {
            assertEquals("jblas", node.at("/blas/library").asText());
            assertTrue(node.toString(), node.at("/blas/loaded").asBoolean());
            assertTrue(node.toString(), node.at("/lightgbm/loaded").asBoolean());
            assertEquals(info.path("version").asText(), node.path("version").asText());
        }
    }
}
