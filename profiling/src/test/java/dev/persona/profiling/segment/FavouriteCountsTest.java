package dev.persona.profiling.segment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.persona.profiling.event.Event;
import dev.persona.profiling.event.EventType;
import dev.persona.profiling.event.ItemFacts;
import dev.persona.profiling.profile.Profile;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Map;

class FavouriteCountsTest {
    private static final SegmentModel MODEL = Crowd.train(new Crowd(1, 2, 0).users(40), 2, 1);

    private static Profile buyer(String... items) {
        Profile profile = new Profile(Shoppers.RULES);
        for (String item : items) {
            profile.apply(
                    new Event(
                            item,
                            "u",
                            EventType.PURCHASE,
                            Shoppers.NOW,
                            List.of(item),
                            new float[0],
                            Event.Origin.UNKNOWN,
                            Event.Amount.ONE,
                            ItemFacts.UNKNOWN,
                            Event.Note.NONE));
        }
        return profile;
    }

    @Test
    void whatOneSegmentTakesToIsItsFavouriteBeforeWhatAllDo() {
        FavouriteCounts counts = new FavouriteCounts(MODEL, bytes -> {});
        for (int user = 0; user < 20; user++) {
            counts.add(user % 2, buyer("bread", user % 2 == 0 ? "tea" : "coffee"), Shoppers.NOW);
        }

        Map<String, List<String>> favourites = counts.favourites();

        String even = MODEL.segments().get(0).name();
        String odd = MODEL.segments().get(1).name();
        assertEquals(List.of("tea", "bread"), favourites.get(even));
        assertEquals(List.of("coffee", "bread"), favourites.get(odd));
    }

    @Test
    void noMoreThanSoManyAreKeptAndTheirMemoryIsAskedFor() {
        long[] asked = new long[1];
        FavouriteCounts counts = new FavouriteCounts(MODEL, bytes -> asked[0] += bytes);
        for (int item = 0; item < 80; item++) {
            counts.add(0, buyer("item-" + item), Shoppers.NOW);
        }

        assertEquals(
                FavouriteCounts.MOST,
                counts.favourites().get(MODEL.segments().get(0).name()).size());
        assertEquals(List.of(), counts.favourites().get(MODEL.segments().get(1).name()));
        assertTrue(asked[0] >= 80 * 100);
        FavouriteCounts refused =
                new FavouriteCounts(
                        MODEL,
                        bytes -> {
                            throw new IllegalStateException("no more");
                        });
        assertThrows(IllegalStateException.class, () -> refused.add(0, buyer("x"), Shoppers.NOW));
    }
}
