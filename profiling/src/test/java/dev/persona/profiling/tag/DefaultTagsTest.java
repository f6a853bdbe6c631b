package dev.persona.profiling.tag;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.ObjectMapper;

import dev.persona.profiling.event.EventType;
import dev.persona.profiling.profile.Profile;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;

/** Each tag that is shipped, for one who has it and one who just has it not. */
class DefaultTagsTest {
    private static boolean has(String tag, Profile profile) throws IOException {
        TagRules rules =
                TagRules.parse(
                        new ObjectMapper().readTree(Path.of("..", "config", "tags.json").toFile()));
        return rules.tags(Buyers.view(profile)).contains(tag);
    }

    private static void assertTag(String tag, Profile with, Profile without) throws IOException {
        assertEquals(true, has(tag, with));
        assertEquals(false, has(tag, without));
    }

    @Test
    void theseAreShipped() throws IOException {
        assertEquals(
                Set.of(
                        "frequent_buyer",
                        "bargain_hunter",
                        "night_owl",
                        "new_user",
                        "lapsing",
                        "big_spender"),
                Set.copyOf(
                        TagRules.parse(
                                        new ObjectMapper()
                                                .readTree(
                                                        Path.of("..", "config", "tags.json")
                                                                .toFile()))
                                .names()));
    }

    @Test
    void aFrequentBuyerBoughtThreeTimesInNinetyDays() throws IOException {
        assertTag("frequent_buyer", Buyers.bought(5, 1, 30, 89), Buyers.bought(5, 1, 30, 90));
    }

    @Test
    void aBargainHunterBuysAgainAndCheap() throws IOException {
        assertTag("bargain_hunter", Buyers.bought(40, 1, 2), Buyers.bought(41, 1, 2));
        assertEquals(false, has("bargain_hunter", Buyers.bought(10, 1)));
    }

    @Test
    void aNightOwlIsActiveFromTenToSixOnSeveralVisits() throws IOException {
        long midnight = Buyers.NOW - 12 * Buyers.HOUR;
        long[] night = {-2, 0, 5};
        long[] day = {-3, 6, 5};
        assertTag("night_owl", clicks(midnight, night), clicks(midnight, day));
    }

    private static Profile clicks(long midnight, long... hours) {
        Profile profile = new Profile(Buyers.RULES);
        for (long hour : hours) {
            profile.apply(
                    Buyers.event(EventType.CLICK, midnight + hour * Buyers.HOUR, 1, "at " + hour));
        }
        return profile;
    }

    @Test
    void aNewUserWasFirstSeenWithinAWeek() throws IOException {
        assertTag("new_user", Buyers.bought(5, 6, 1), Buyers.bought(5, 7, 1));
    }

    @Test
    void aLapsingBuyerHasWaitedMoreThanTwiceAsLongAsUsual() throws IOException {
        assertTag("lapsing", Buyers.bought(5, 41, 31, 21), Buyers.bought(5, 40, 30, 20));
    }

    @Test
    void aBigSpenderHasSpentMoreThanFourFifths() throws IOException {
        assertTag("big_spender", Buyers.bought(81, 1), Buyers.bought(80, 1));
    }
}
