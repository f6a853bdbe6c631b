package dev.persona.plugin.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;

import dev.persona.plugin.catalog.Catalogs;
import dev.persona.plugin.json.Json;
import dev.persona.plugin.security.Role;
import dev.persona.plugin.security.RolesPlugin;

import org.elasticsearch.client.Request;
import org.elasticsearch.client.RequestOptions;
import org.elasticsearch.common.settings.MockSecureSettings;
import org.elasticsearch.common.settings.Settings;
import org.elasticsearch.core.PathUtils;
import org.elasticsearch.core.SuppressForbidden;
import org.elasticsearch.plugins.Plugin;
import org.junit.After;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The sample roles of docs/security.md: each can do its own, and nothing else. */
public class RolesClusterTests extends PersonaClusterTestCase {
    private static final String OWN = "persona_own";
    private static final Pattern SAMPLE =
            Pattern.compile("```\nPUT /_security/role/(\\w+)\n(\\{.*?\n\\})\n```", Pattern.DOTALL);

    /** A call, and the names of the roles that may make it. */
    private record Call(String method, String path, String body, Set<String> roles) {
        Call of(String catalog) {
            return new Call(method, path.replace("/products/", "/" + catalog + "/"), body, roles);
        }

        @Override
        public String toString() {
            return method + " " + path + " " + body;
        }
    }

    private int events;

    @Override
    protected Collection<Class<? extends Plugin>> nodePlugins() {
        List<Class<? extends Plugin>> plugins = new ArrayList<>(super.nodePlugins());
        plugins.add(RolesPlugin.class);
        return plugins;
    }

    @Override
    protected Settings nodeSettings(int ordinal, Settings otherSettings) {
        MockSecureSettings secrets = new MockSecureSettings();
        secrets.setString("persona.own.api_key", OWN);
        return Settings.builder()
                .put(super.nodeSettings(ordinal, otherSettings))
                .put("persona.upkeep.interval", "2s")
                .setSecureSettings(secrets)
                .build();
    }

    @After
    public void relax() {
        RolesPlugin.relax();
    }

    @SuppressForbidden(reason = "the documentation is beside the module")
    private static Map<String, JsonNode> documented() throws IOException {
        String page = Files.readString(PathUtils.get("../docs/security.md"));
        Map<String, JsonNode> roles = new TreeMap<>();
        Matcher samples = SAMPLE.matcher(page);
        while (samples.find()) {
            roles.put(samples.group(1), Json.readText(samples.group(2)));
        }
        assertEquals(
                Set.of("shop_front", "search_service", "analyst", "administrator", OWN),
                roles.keySet());
        return roles;
    }

    private static Map<String, Role> samples() throws IOException {
        Map<String, Role> roles = new TreeMap<>();
        documented().forEach((name, json) -> roles.put(name, Role.read(json)));
        return roles;
    }

    private static Reply as(String role, Call call) throws IOException {
        Request request = new Request(call.method, call.path);
        if (!call.body.isEmpty()) {
            request.setJsonEntity(call.body);
        }
        request.setOptions(
                RequestOptions.DEFAULT.toBuilder().addHeader("Authorization", "ApiKey " + role));
        return call(getRestClient(), request);
    }

    private String events(int count) {
        StringBuilder array = new StringBuilder("[");
        for (int i = 0; i < count; i++) {
            array.append(i == 0 ? "" : ", ")
                    .append(event("e" + events++, "u" + i, "view", "p1", now()));
        }
        return array.append("]").toString();
    }

    private static long now() {
        return System.currentTimeMillis();
    }

    private static String search(String user) {
        return """
            {"query": {"match": {"title": "lantern"}}, "rescore": {"window_size": 20,
             "personalize": {"user": "%s"}}}
            """
                .formatted(user)
                .replace("\n", "");
    }

    /** Every call, those last that leave less than there was. */
    private List<Call> calls() {
        String persona = "/products/_persona";
        Set<String> front = Set.of("shop_front", "administrator");
        // The plugin itself reads products and profiles, as a personalized search does.
        Set<String> searchers = Set.of("search_service", "administrator", OWN);
        Set<String> recommenders = Set.of("search_service", "administrator");
        Set<String> readers = Set.of("search_service", "analyst", "administrator");
        Set<String> watchers = Set.of("analyst", "administrator");
        Set<String> admin = Set.of("administrator");
        String known = events(1);
        return List.of(
                new Call("POST", persona + "/events", known, front),
                new Call("POST", persona + "/events", known, front),
                new Call("POST", persona + "/events", events(3), front),
                new Call("POST", persona + "/events", events(40), front),
                new Call("POST", persona + "/events?refresh=wait_for", events(2), front),
                new Call("POST", "/products/_search", search("u3"), searchers),
                new Call("POST", persona + "/recommend", "{\"user\": \"u3\"}", recommenders),
                new Call("GET", persona + "/profiles/u3", "", readers),
                new Call("GET", persona, "", watchers),
                new Call("GET", persona + "/stats", "", watchers),
                new Call("GET", persona + "/tags", "", watchers),
                new Call("PUT", persona + "/tags", "{\"tags\": {}}", admin),
                new Call("POST", persona + "/segments/_train", "{\"count\": 2}", admin),
                new Call("GET", persona + "/segments", "", watchers),
                new Call("PUT", persona + "/segments/s1", "{\"label\": \"one\"}", admin),
                new Call("GET", persona + "/models/default", "", watchers),
                new Call("PUT", persona + "/profiles/u3", "{\"attributes\": {}}", admin),
                new Call("PUT", persona + "/profiles/u3", "{\"tracking\": false}", admin),
                new Call("PUT", persona + "/profiles/u3", "{\"tracking\": true}", admin),
                new Call("PUT", persona, settings(8).toString(), admin),
                new Call("POST", persona + "/profiles/_rebuild", "", admin),
                new Call("POST", persona + "/factors/_train", "{\"iterations\": 2}", admin),
                new Call(
                        "POST",
                        persona + "/models/default/_train",
                        "{\"trees\": 20, \"leaves\": 4, \"min_data_in_leaf\": 3}",
                        admin),
                new Call("POST", persona + "/models/default/_reload", "", admin),
                new Call(
                        "POST",
                        persona + "/profiles/_merge",
                        "{\"from\": [\"u5\"], \"into\": \"u7\"}",
                        admin),
                new Call("DELETE", persona + "/profiles/u3", "", admin),
                new Call("DELETE", persona + "?purge=true", "", admin));
    }

    private static void requireAllowed(String role, Call call) throws IOException {
        Reply reply = as(role, call);
        String what = role + ": " + call + ": " + reply.json();
        assertEquals(what, 200, reply.status());
        assertFalse(what, reply.json().path("errors").asBoolean());
        assertEquals(what, 0, reply.json().at("/_nodes/failed").asInt());
        assertEquals(what, 0, reply.json().at("/_shards/failed").asInt());
    }

    private static void requireRefused(String role, Call call) throws IOException {
        Reply reply = as(role, call);
        assertEquals(role + ": " + call + ": " + reply.json(), 403, reply.status());
        assertTrue(reply.json().toString(), reply.json().toString().contains("may not"));
    }

    public void testEachRoleCanDoItsOwnAndNothingElse() throws Exception {
        TasteShop.stock("products", 1);
        TasteShop.train("products");
        TasteShop.open("other", 1);
        send("other", List.of(event("o1", "u3", "view", "p1", now())));
        awaitProfiles("other");
        Map<String, Role> roles = samples();
        List<Call> calls = calls();
        RolesPlugin.enforce(roles);

        for (Call call : calls) {
            for (String role : roles.keySet()) {
                requireRefused(role, call.of("other"));
                if (!call.roles.contains(role)) {
                    requireRefused(role, call);
                }
            }
            for (String role : call.roles) {
                requireAllowed(role, call);
            }
        }

        assertEquals(Map.of(), RolesPlugin.refusedWithoutRole());
        RolesPlugin.relax();
        assertEquals(
                1,
                ok(call("GET", "/other/_persona/profiles/u3"))
                        .at("/profile/events/view/total")
                        .asInt());
    }

    public void testNoneOfTheSmallRolesHasAPrivilegeThatItCouldDoWithout() throws Exception {
        TasteShop.stock("products", 1);
        TasteShop.train("products");
        for (String name : List.of("shop_front", "search_service", "analyst")) {
            JsonNode whole = documented().get(name);
            List<Call> own = calls().stream().filter(call -> call.roles.contains(name)).toList();
            for (int grant = 0; grant < whole.path("indices").size(); grant++) {
                String privileges = "/indices/" + grant + "/privileges";
                for (int i = 0; i < whole.at(privileges).size(); i++) {
                    JsonNode less = whole.deepCopy();
                    ((ArrayNode) less.at(privileges)).remove(i);
                    Map<String, Role> roles = samples();
                    roles.put(name, Role.read(less));
                    RolesPlugin.enforce(roles);
                    int refused = 0;
                    for (Call call : own) {
                        refused += as(name, call).status() == 403 ? 1 : 0;
                    }
                    assertNotEquals(name + " could do with " + less, 0, refused);
                }
            }
        }
    }

    public void testTheRoleOfThePluginIsEnoughForItsUpkeep() throws Exception {
        TasteShop.stock("products", 1);
        TasteShop.train("products");
        RolesPlugin.enforce(samples());
        Call stats = new Call("GET", "/products/_persona/stats", "", Set.of());
        requireAllowed(
                "administrator",
                new Call("POST", "/products/_persona/segments/_train", "{\"count\": 2}", Set.of()));
        requireAllowed(
                "administrator",
                new Call("PUT", "/products/_persona/tags", "{\"tags\": {}}", Set.of()));
        long before = upkeep(stats).path("runs").asLong();
        long failedBefore = upkeep(stats).path("failed_steps").asLong();

        assertBusy(
                () -> assertTrue(upkeep(stats).path("runs").asLong() >= before + 2),
                30,
                TimeUnit.SECONDS);

        assertEquals(failedBefore, upkeep(stats).path("failed_steps").asLong());
        assertTrue(
                internalCluster().getInstance(Catalogs.class).get("products").tagging().isSwept());
    }

    private static JsonNode upkeep(Call stats) throws IOException {
        for (JsonNode node : as("administrator", stats).json().path("nodes")) {
            if (node.has("upkeep")) {
                return node.path("upkeep");
            }
        }
        throw new AssertionError("no node does the upkeep");
    }

    public void testOnlyTheAdministratorSeesAllCatalogs() throws Exception {
        RolesPlugin.enforce(samples());
        for (String path : List.of("/_persona", "/_persona/stats")) {
            Call call = new Call("GET", path, "", Set.of());
            requireAllowed("administrator", call);
            for (String role : List.of("shop_front", "search_service", "analyst", OWN)) {
                requireRefused(role, call);
            }
        }
    }

    public void testPersonalizingNeedsTheProfilesOfThatCatalogOnly() throws Exception {
        TasteShop.stock("shelf", 1);
        TasteShop.train("shelf");
        Map<String, Role> roles = new LinkedHashMap<>();
        roles.put(OWN, samples().get(OWN));
        roles.put("products_only", role("shelf", "persona-profiles-other"));
        roles.put("with_profiles", role("shelf", "persona-profiles-shelf"));
        RolesPlugin.enforce(roles);
        Call plain = new Call("POST", "/shelf/_search", "{}", Set.of());
        Call personal = new Call("POST", "/shelf/_search", search("u3"), Set.of());

        requireAllowed("products_only", plain);
        requireRefused("products_only", personal);
        requireAllowed("with_profiles", personal);
    }

    private static Role role(String... readable) {
        JsonNode names = Json.readText("[\"" + String.join("\", \"", readable) + "\"]");
        return Role.read(
                Json.readText(
                        "{\"indices\": [{\"names\": %s, \"privileges\": [\"read\"]}]}"
                                .formatted(names)));
    }

    public void testTheCallAloneIsNotEnoughWithoutWhatItDoes() throws Exception {
        createProducts("lamps", 1);
        putProduct("lamps", "p1", "acme", 10);
        register("lamps", 4);
        send("lamps", List.of(event("l1", "u1", "view", "p1", now())));
        awaitProfiles("lamps");
        Map<String, Role> roles = new LinkedHashMap<>();
        roles.put(OWN, samples().get(OWN));
        roles.put(
                "outer",
                Role.read(
                        Json.readText(
                                "{\"indices\": [{\"names\": [\"lamps\"],"
                                        + " \"privileges\": [\"all\"]}]}")));
        RolesPlugin.enforce(roles);
        String persona = "/lamps/_persona";
        String event = event("l2", "u1", "view", "p1", now()).toString();
        String merge = "{\"from\": [\"a\"], \"into\": \"b\"}";
        for (Call call :
                List.of(
                        new Call("POST", persona + "/events", event, Set.of()),
                        new Call("GET", persona + "/profiles/u1", "", Set.of()),
                        new Call(
                                "PUT", persona + "/profiles/u1", "{\"tracking\": false}", Set.of()),
                        new Call("DELETE", persona + "/profiles/u1", "", Set.of()),
                        new Call("POST", persona + "/profiles/_merge", merge, Set.of()),
                        new Call("POST", persona + "/profiles/_rebuild", "", Set.of()),
                        new Call("GET", persona, "", Set.of()),
                        new Call("DELETE", persona + "?purge=true", "", Set.of()),
                        new Call("DELETE", persona, "", Set.of()))) {
            requireRefused("outer", call);
        }
        RolesPlugin.relax();
        JsonNode profile = ok(call("GET", persona + "/profiles/u1")).path("profile");
        assertEquals(1, profile.at("/events/view/total").asInt());
    }
}
