package dev.persona.profiling.profile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import dev.persona.profiling.event.Event;
import dev.persona.profiling.event.EventType;
import dev.persona.profiling.event.ItemFacts;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Random;

class ProfileJsonTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    private static Profile storedAndRead(Profile profile, ProfileRules rules)
            throws JsonProcessingException {
        return ProfileJson.read(JSON.readTree(ProfileJson.stored(profile).toString()), rules);
    }

    @Test
    void aProfileStoredAfterEveryEventEndsAsOneNeverStored() throws JsonProcessingException {
        for (int seed = 0; seed < 5; seed++) {
            ProfileRules rules = Visits.rules(Visits.DAY);
            Profile kept = new Profile(rules);
            Profile stored = new Profile(rules);
            for (Event event : Visits.random(seed, 300, 900)) {
                kept.apply(event);
                stored.apply(event);
                stored = storedAndRead(stored, rules);
                assertEquals(
                        ProfileJson.stored(kept).toString(), ProfileJson.stored(stored).toString());
            }
            assertEquals(
                    ProfileJson.shown(kept, Visits.START).toString(),
                    ProfileJson.shown(stored, Visits.START).toString());
        }
    }

    @Test
    void itStaysSoWhenValuesAndItemsAreDropped() throws JsonProcessingException {
        ProfileRules rules = Visits.rules(Visits.DAY);
        Profile kept = new Profile(rules);
        Profile stored = new Profile(rules);
        Random random = new Random(9);
        List<Event> events = new ArrayList<>();
        for (int i = 0; i < 400; i++) {
            // Times that come up several times, so that the tie is broken by the name.
            long time = Visits.START + random.nextInt(4) * Visits.DAY;
            String item = "p" + random.nextInt(300);
            events.add(Visits.event(EventType.CLICK, time, item, Visits.category("of " + item)));
        }
        Collections.shuffle(events, random);
        for (Event event : events) {
            kept.apply(event);
            stored.apply(event);
            stored = storedAndRead(stored, rules);
        }
        assertEquals(200, kept.recentItems().all().size());
        assertEquals(100, kept.affinities().of("category").size());
        assertEquals(ProfileJson.stored(kept).toString(), ProfileJson.stored(stored).toString());
    }

    @Test
    void aProfileOfSearchesAloneGoesOnToo() throws JsonProcessingException {
        ProfileRules rules = Visits.rules(Visits.DAY);
        Profile kept = new Profile(rules);
        kept.apply(Visits.event(EventType.SEARCH, Visits.START, "", ItemFacts.UNKNOWN));
        Profile stored = storedAndRead(kept, rules);
        Event click = Visits.event(EventType.CLICK, Visits.START, "p", Visits.category("lamps"));
        kept.apply(click);
        stored.apply(click);

        assertEquals(ProfileJson.stored(kept).toString(), ProfileJson.stored(stored).toString());
        assertEquals(1, stored.count(EventType.SEARCH));
    }

    @Test
    void anEmptyProfileIsAnEmptyObject() throws JsonProcessingException {
        Profile empty = storedAndRead(new Profile(Visits.rules(1)), Visits.rules(1));

        assertEquals("{}", ProfileJson.stored(empty).toString());
        assertEquals("{}", ProfileJson.shown(empty, 0).toString());
    }

    @Test
    void shownAreTimesPricesAndWeightsAtThatTimeTheLatestItemAndTheDearestValueFirst()
            throws JsonProcessingException {
        Profile profile = new Profile(Visits.rules(Visits.DAY));
        long time = 1_769_851_800_000L;
        profile.apply(
                Visits.event(
                        EventType.CLICK,
                        time - Visits.DAY,
                        "p1",
                        new ItemFacts(Map.of("category", List.of("lamps")), 10)));
        profile.apply(
                Visits.event(
                        EventType.CLICK,
                        time,
                        "p2",
                        new ItemFacts(Map.of("category", List.of("rugs")), 10)));

        JsonNode expected =
                JSON.readTree(
                        """
                        {"first_seen": "2026-01-30T09:30:00Z",
                         "last_seen": "2026-01-31T09:30:00Z",
                         "events": {"click": 2},
                         "affinities": {"category": {"rugs": 0.5, "lamps": 0.25}},
                         "price": {"mean": 10.0, "spread": 1.0, "weight": 0.75},
                         "recent_items": [
                           {"item": "p2", "weight": 0.5, "last": "2026-01-31T09:30:00Z",
                            "actions": {"click": 1}},
                           {"item": "p1", "weight": 0.25, "last": "2026-01-30T09:30:00Z",
                            "actions": {"click": 1}}]}
                        """);
        JsonNode shown = JSON.readTree(ProfileJson.shown(profile, time + Visits.DAY).toString());
        assertEquals(expected, shown);
        Iterator<String> values = shown.path("affinities").path("category").fieldNames();
        assertEquals("rugs", values.next());
    }

    @Test
    void withoutAPriceNoneIsShown() {
        Profile profile = new Profile(Visits.rules(Visits.DAY));
        profile.apply(Visits.event(EventType.CLICK, Visits.START, "p", Visits.category("lamps")));

        assertFalse(ProfileJson.shown(profile, Visits.START).has("price"));
    }
}
