package dev.persona.profiling.tag;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import dev.persona.profiling.event.EventType;
import dev.persona.profiling.json.InvalidFieldException;
import dev.persona.profiling.profile.Profile;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

class TagRulesTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    private static JsonNode json(String text) {
        try {
            return JSON.readTree(text.replace('\'', '"'));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static boolean holds(String condition, TagView view) {
        return TagRules.parse(json("{'t': {'when': " + condition + "}}")).tags(view).size() == 1;
    }

    private static final TagView NOBODY =
            new TagView(new Profile(Buyers.RULES), Map.of(), Optional.empty(), Buyers.NOW);

    /** A click 3 days ago, purchases for 20 and 45 one and 11 days ago, all in the store. */
    private static TagView somebody() {
        long now = Buyers.NOW;
        Profile profile =
                Buyers.profile(
                        Buyers.event(EventType.CLICK, now - 3 * Buyers.DAY, 20, "a"),
                        Buyers.event(EventType.PURCHASE, now - Buyers.DAY, 20, "b"),
                        Buyers.event(EventType.PURCHASE, now - 11 * Buyers.DAY, 45, "b"));
        return new TagView(
                profile,
                Map.of("age", 41, "country", "NL", "member", true),
                Optional.of(Buyers.population()),
                now);
    }

    @Test
    void everyFieldHasTheValueThatItsDefinitionGives() {
        Map<String, Object> expected =
                Map.ofEntries(
                        Map.entry("first_seen_days", 11),
                        Map.entry("last_seen_days", 1),
                        Map.entry("events.purchase.total", 2),
                        Map.entry("events.purchase.days_1", 0),
                        Map.entry("events.purchase.days_7", 1),
                        Map.entry("events.purchase.days_30", 2),
                        Map.entry("events.purchase.days_90", 2),
                        Map.entry("events.view.total", 0),
                        Map.entry("purchases.total", 2),
                        Map.entry("purchases.days", 2),
                        Map.entry("purchases.monetary", 65),
                        Map.entry("purchases.cycle_days", 10),
                        Map.entry("purchases.last_days", 1),
                        Map.entry("purchases.overdue", 0.1),
                        Map.entry("score.recency", 5),
                        Map.entry("score.frequency", 5),
                        Map.entry("score.monetary", 4),
                        Map.entry("share.night", 0),
                        Map.entry("sessions", 2),
                        Map.entry("channels.store.north", 3),
                        Map.entry("channels.web", 0),
                        Map.entry("affinity.category.lamp", 1),
                        Map.entry("affinity.category.rug", 0),
                        Map.entry("affinity.meta.brand.a.b", 1),
                        Map.entry("attributes.age", 41),
                        Map.entry("attributes.country", "'NL'"),
                        Map.entry("attributes.member", true));
        expected.forEach(
                (field, value) ->
                        assertTrue(
                                holds(
                                        "{'field': '" + field + "', 'eq': " + value + "}",
                                        somebody()),
                                field));
        double decayed = Math.pow(0.5, 1 / 30.0) + Math.pow(0.5, 11 / 30.0);
        assertTrue(
                holds(
                        "{'field': 'events.purchase.decayed', 'gte': "
                                + (decayed - 1e-9)
                                + ", 'lte': "
                                + (decayed + 1e-9)
                                + "}",
                        somebody()));
        assertTrue(holds("{'field': 'price.mean', 'gt': 20, 'lt': 45}", somebody()));
        assertTrue(holds("{'field': 'score.price', 'gte': 1, 'lte': 5}", somebody()));
    }

    @Test
    void aComparisonWithWhatIsMissingIsFalseAndItsOppositeIsNot() {
        for (String field :
                List.of(
                        "first_seen_days",
                        "last_seen_days",
                        "purchases.cycle_days",
                        "purchases.last_days",
                        "purchases.overdue",
                        "score.recency",
                        "score.price",
                        "share.night",
                        "share.weekend",
                        "affinity.category.lamp",
                        "price.mean",
                        "attributes.age")) {
            for (String comparison : List.of("gte", "gt", "lte", "lt", "eq")) {
                String condition = "{'field': '" + field + "', '" + comparison + "': 1}";
                assertEquals(false, holds(condition, NOBODY), condition);
                assertTrue(holds("{'not': " + condition + "}", NOBODY), condition);
            }
            assertTrue(holds("{'field': '" + field + "', 'exists': false}", NOBODY), field);
        }
    }

    @Test
    void countsOfWhatNeverHappenedAreZero() {
        for (String field :
                List.of("events.click.total", "purchases.total", "sessions", "channels.web")) {
            assertTrue(holds("{'field': '" + field + "', 'lt': 1}", NOBODY), field);
        }
    }

    @Test
    void boundsIncludeOrExcludeAsTheirNamesSay() {
        String field = "{'field': 'attributes.age', ";
        assertTrue(holds(field + "'gte': 41}", somebody()));
        assertTrue(holds(field + "'lte': 41}", somebody()));
        assertTrue(holds(field + "'gt': 40}", somebody()));
        assertTrue(holds(field + "'lt': 42}", somebody()));
        assertEquals(false, holds(field + "'gt': 41}", somebody()));
        assertEquals(false, holds(field + "'lt': 41}", somebody()));
        assertTrue(holds(field + "'lte': 41, 'gte': 41}", somebody()));
    }

    @Test
    void conditionsAreJoinedByAllAnyAndNot() {
        String yes = "{'field': 'sessions', 'eq': 2}";
        String no = "{'field': 'sessions', 'eq': 3}";
        assertEquals(false, holds("{'all': [" + yes + ", " + no + "]}", somebody()));
        assertTrue(holds("{'all': [" + yes + ", {'not': " + no + "}]}", somebody()));
        assertTrue(holds("{'any': [" + no + ", " + yes + "]}", somebody()));
        assertEquals(false, holds("{'any': [" + no + ", " + no + "]}", somebody()));
    }

    private static void assertRefused(String rule, String field, String... words) {
        JsonNode rules = json("{'t': " + rule + "}");
        InvalidFieldException e =
                assertThrows(InvalidFieldException.class, () -> TagRules.parse(rules));
        assertEquals(field, e.field());
        for (String word : words) {
            assertTrue(e.reason().contains(word), e.reason());
        }
    }

    @Test
    void whatIsWrongIsNamedWithItsPlaceAndTheNearestRight() {
        assertRefused(
                "{'when': {'all': [{'field': 'sesions', 'gt': 1}]}}",
                "tags.t.when.all[0].field",
                "[sesions]",
                "[sessions]");
        assertRefused(
                "{'when': {'not': {'field': 'events.purchas.total', 'gt': 1}}}",
                "tags.t.when.not.field",
                "[events.purchase.total]");
        assertRefused(
                "{'when': {'field': 'events.view.days_8', 'gt': 1}}",
                "tags.t.when.field",
                "[events.view.days_");
        assertRefused(
                "{'when': {'field': 'utter nonsense', 'gt': 1}}", "tags.t.when.field", "known are");
        assertRefused(
                "{'when': {'field': 'affinity.brand', 'gt': 1}}", "tags.t.when.field", "affinity.");
        assertRefused("{'when': {'field': 'sessions', 'gte ': 1}}", "tags.t.when.gte ", "[gte]");
        assertRefused("{'when': {'field': 'sessions'}}", "tags.t.when", "gte");
        assertRefused("{'when': {'field': 'sessions', 'gt': 'x'}}", "tags.t.when.gt", "number");
        assertRefused("{'when': {'field': 'sessions', 'eq': [1]}}", "tags.t.when.eq", "[1]");
        assertRefused("{'when': {'field': 'sessions', 'exists': 1}}", "tags.t.when.exists", "true");
        assertRefused("{'when': {'any': []}}", "tags.t.when.any", "array");
        assertRefused("{'when': {'any': [{}]}}", "tags.t.when.any[0]", "field");
        assertRefused("{'when': {'any': [], 'field': 'x'}}", "tags.t.when", "alone");
        assertRefused("{'when': 7}", "tags.t.when", "7");
        assertRefused("{'description': 'd'}", "tags.t.when", "required");
        assertRefused("{'whem': {}}", "tags.t.when", "required");
        assertRefused("{'when': {}, 'descripton': 'd'}", "tags.t.descripton", "description");
        assertRefused("7", "tags.t", "7");
        String deep = "{'field': 'sessions', 'gt': 1}";
        for (int i = 0; i < 30; i++) {
            deep = "{'not': " + deep + "}";
        }
        String nested = deep;
        assertThrows(
                InvalidFieldException.class,
                () -> TagRules.parse(json("{'t': {'when': " + nested + "}}")));
    }

    @Test
    void eventsThatTheCatalogHasDeclaredCanBeAskedFor() {
        JsonNode rules = json("{'t': {'when': {'field': 'events.wishlist.total', 'gte': 1}}}");
        assertThrows(InvalidFieldException.class, () -> TagRules.parse(rules));
        TagRules parsed = TagRules.parse(rules, Set.of("wishlist"));
        Profile profile =
                Buyers.profile(Buyers.event(EventType.named("wishlist"), Buyers.NOW, 1, "s"));
        assertEquals(Set.of("t"), parsed.tags(Buyers.view(profile)));
        assertEquals(rules, parsed.toJson());
    }

    @Test
    void theNextChangeIsTheFirstDayWithOtherTags() throws IOException {
        TagRules rules =
                TagRules.parse(JSON.readTree(Path.of("..", "config", "tags.json").toFile()));
        ZoneId zone = ZoneId.of("Europe/Berlin");
        Random random = new Random(5);
        int changes = 0;
        for (int round = 0; round < 200; round++) {
            int[] daysAgo = random.ints(1 + random.nextInt(5), 0, 100).toArray();
            TagView view = Buyers.view(Buyers.bought(10 + random.nextInt(90), daysAgo));
            LocalDate today = Instant.ofEpochMilli(view.now()).atZone(zone).toLocalDate();
            LocalDate expected = today.plusDays(32);
            for (int ahead = 32; ahead > 0; ahead--) {
                long then = today.plusDays(ahead).atStartOfDay(zone).toInstant().toEpochMilli();
                TagView later =
                        new TagView(view.profile(), view.attributes(), view.population(), then);
                if (!rules.tags(later).equals(rules.tags(view))) {
                    expected = today.plusDays(ahead);
                    changes++;
                }
            }
            assertEquals(expected.toEpochDay(), rules.nextChange(view));
        }
        assertTrue(changes > 50);
    }
}
