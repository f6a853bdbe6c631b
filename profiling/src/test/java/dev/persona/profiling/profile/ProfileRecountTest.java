package dev.persona.profiling.profile;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import dev.persona.profiling.event.Event;
import dev.persona.profiling.event.EventType;
import dev.persona.profiling.event.ItemFacts;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** Every field against a recount from the list of all events. */
class ProfileRecountTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    private static List<Event> shuffled(List<Event> events, long seed) {
        List<Event> copy = new ArrayList<>(events);
        Collections.shuffle(copy, new Random(seed));
        return copy;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"UTC", "Europe/Berlin", "America/St_Johns", "Australia/Lord_Howe", "+05:30"})
    void everyFieldEqualsARecountWhateverTheOrder(String zone) {
        ProfileRules rules = Lives.rules(zone);
        for (int seed = 0; seed < 6; seed++) {
            // Few events of a month, and many of three years: beyond the recent ones and channels.
            List<Event> events = Lives.random(seed, seed < 3 ? 60 : 1500, seed < 3 ? 30 : 1100);
            JsonNode expected = Lives.naive(events, rules).shown(Lives.NOW);
            for (int order = 0; order < 3; order++) {
                Profile profile = Lives.profile(shuffled(events, order), rules);
                Alike.assertShown(expected, ProfileJson.shown(profile, Lives.NOW));
            }
        }
    }

    @Test
    void whoeverReadsAMonthBeforeTheLastEventSeesTheDaysAsTheyWereThen() {
        ProfileRules rules = Lives.rules("Europe/Berlin");
        List<Event> events = Lives.random(7, 800, 200);
        long now = Lives.NOW - 29 * Lives.DAY;
        Alike.assertShown(
                Lives.naive(events, rules).shown(now),
                ProfileJson.shown(Lives.profile(events, rules), now));
    }

    @Test
    void daysBeginAndEndWithTheLocalClockAlsoWhenItIsChanged() {
        ProfileRules rules = Lives.rules("Europe/Berlin");
        // 2026-03-29 has 23 hours in Berlin and 2025-10-26 has 25.
        for (long change : List.of(1_774_746_000_000L, 1_761_440_400_000L)) {
            List<Event> events = new ArrayList<>();
            for (int quarter = -120; quarter < 120; quarter++) {
                events.add(
                        Visits.event(
                                EventType.PURCHASE,
                                change + quarter * 900_000L,
                                "p" + quarter % 3,
                                ItemFacts.UNKNOWN));
            }
            long now = change + 10 * 3_600_000;
            Alike.assertShown(
                    Lives.naive(events, rules).shown(now),
                    ProfileJson.shown(Lives.profile(events, rules), now));
        }
    }

    @Test
    void storedAfterEveryFewEventsItEndsAsOneNeverStored() throws IOException {
        ProfileRules rules = Lives.rules("Europe/Berlin");
        for (int seed = 0; seed < 3; seed++) {
            List<Event> events = Lives.random(seed, 1200, 900);
            Profile kept = new Profile(rules);
            Profile stored = new Profile(rules);
            for (int i = 0; i < events.size(); i++) {
                kept.apply(events.get(i));
                stored.apply(events.get(i));
                if (i % 7 == 0) {
                    byte[] bytes = JSON.writeValueAsBytes(ProfileJson.stored(stored));
                    stored = ProfileJson.read(JSON.readTree(bytes), rules);
                }
            }
            assertEquals(ProfileJson.stored(kept), ProfileJson.stored(stored));
        }
    }

    @Test
    void profilesOfTwoPartsPutTogetherAreTheProfileOfTheWhole() {
        for (String zone : List.of("UTC", "America/St_Johns")) {
            ProfileRules rules = Lives.rules(zone);
            for (int seed = 0; seed < 6; seed++) {
                List<Event> events = Lives.random(seed, 1300, seed < 3 ? 60 : 9000);
                List<Event> ones = new ArrayList<>();
                List<Event> others = new ArrayList<>();
                Random random = new Random(seed);
                events.forEach(event -> (random.nextBoolean() ? ones : others).add(event));
                Profile united = Lives.profile(ones, rules);
                united.absorb(Lives.profile(others, rules));
                Profile whole = Lives.profile(events, rules);

                Alike.assertStored(ProfileJson.stored(whole), ProfileJson.stored(united));
                Alike.assertShown(
                        Lives.naive(events, rules).shown(Lives.NOW),
                        ProfileJson.shown(united, Lives.NOW));
            }
        }
    }

    @Test
    void anEmptyProfileAddsNothingAndTakesEverything() {
        ProfileRules rules = Lives.rules("UTC");
        Profile whole = Lives.profile(Lives.random(1, 300, 90), rules);
        Profile empty = new Profile(rules);
        empty.absorb(whole);
        assertEquals(ProfileJson.stored(whole), ProfileJson.stored(empty));
        whole.absorb(new Profile(rules));
        assertEquals(ProfileJson.stored(empty), ProfileJson.stored(whole));
    }
}
