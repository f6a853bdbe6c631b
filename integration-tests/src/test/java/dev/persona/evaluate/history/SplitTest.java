package dev.persona.evaluate.history;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.List;
import java.util.Set;

class SplitTest {

    private static final Instant CUT = Instant.parse("2011-11-01T00:00:00Z");
    private static final Instant END = Instant.parse("2011-12-01T00:00:00Z");

    private static Split split(Purchases purchases) {
        return Split.at(purchases.events(), CUT, END);
    }

    @Test
    void relevantIsWhatAKnownUserBoughtOfKnownItemsFromTheCutOn() {
        Split split =
                split(
                        new Purchases()
                                .add("u1", "a", "2011-10-31")
                                .add("u2", "b", "2011-10-31")
                                .add("u1", "a", "2011-11-01")
                                .add("u1", "b", "2011-11-02")
                                .add("u1", "b", "2011-11-03")
                                .add("u1", "unknown", "2011-11-03")
                                .add("stranger", "a", "2011-11-03"));
        assertEquals(List.of("u1"), split.users(Candidates.ALL));
        assertEquals(Set.of("a", "b"), split.relevant("u1", Candidates.ALL));
        assertEquals(Set.of("b"), split.relevant("u1", Candidates.NEW));
        assertEquals(2, split.before().events().size());
    }

    @Test
    void whoBoughtNothingNewIsNotMeasuredAmongNewItems() {
        Split split =
                split(new Purchases().add("u1", "a", "2011-10-31").add("u1", "a", "2011-11-01"));
        assertEquals(List.of("u1"), split.users(Candidates.ALL));
        assertEquals(List.of(), split.users(Candidates.NEW));
    }

    @Test
    void whatIsBoughtFromTheEndOnOrOnlyViewedIsNotRelevant() {
        Split split =
                split(
                        new Purchases()
                                .add("u1", "a", "2011-10-31")
                                .add("u1", "a", "view", "2011-11-01")
                                .add("u1", "a", "2011-12-01"));
        assertEquals(List.of(), split.users(Candidates.ALL));
    }
}
