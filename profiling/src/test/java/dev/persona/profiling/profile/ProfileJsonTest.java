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

import java.util.Iterator;
import java.util.List;
import java.util.Map;

class ProfileJsonTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    private static Profile storedAndRead(Profile profile, ProfileRules rules)
            throws JsonProcessingException {
        return ProfileJson.read(JSON.readTree(ProfileJson.stored(profile).toString()), rules);
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

        assertEquals(ProfileJson.stored(kept), ProfileJson.stored(stored));
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
                         "events": {"click": {"total": 2, "days_1": 0, "days_7": 2, "days_30": 2,
                           "days_90": 2, "decayed": 0.75, "last": "2026-01-31T09:30:00Z"}},
                         "affinities": {"category": {"rugs": 0.5, "lamps": 0.25}},
                         "price": {"mean": 10.0, "spread": 1.0, "weight": 0.75},
                         "purchases": {"total": 0, "days": 0, "monetary": 0.0, "repeat_items": []},
                         "active_hours": [0, 0, 0, 0, 0, 0, 0, 0, 0, 2, 0, 0,
                                          0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0],
                         "active_weekdays": [0, 0, 0, 0, 1, 1, 0],
                         "channels": {}, "sessions": 0,
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
