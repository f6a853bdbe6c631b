package dev.persona.ranking.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.persona.profiling.event.Event;
import dev.persona.profiling.event.EventType;
import dev.persona.profiling.event.ItemFacts;
import dev.persona.profiling.profile.ForwardDecay;
import dev.persona.profiling.profile.ProfileRules;
import dev.persona.ranking.feature.CatalogFields;
import dev.persona.ranking.feature.Feature;
import dev.persona.ranking.feature.FeatureSet;
import dev.persona.ranking.feature.ItemTable;
import dev.persona.ranking.signal.CrossFit;

import org.junit.jupiter.api.Test;

import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

class TrainingReplayTest {
    private static final long DAY = 86_400_000L;
    private static final long SHOWN = 20_000 * DAY;
    private static final ProfileRules RULES =
            new ProfileRules(
                    Map.of(EventType.CLICK, 1.0, EventType.PURCHASE, 4.0),
                    new ForwardDecay(10 * DAY),
                    ZoneOffset.UTC,
                    Optional.empty());
    private static final FeatureSet FEATURES =
            new FeatureSet(
                    List.of(
                            new Feature.FirstPassScore("score"),
                            new Feature.Affinity("likes", "category"),
                            new Feature.ItemWeight("weight"),
                            new Feature.EventCount("clicks", EventType.CLICK)));

    private static Event action(EventType type, long time, String item, String queryId) {
        return new Event(
                type + "-" + time + item,
                "ann",
                type,
                time,
                List.of(item),
                new float[0],
                origin(queryId, 1),
                Event.Amount.ONE,
                new ItemFacts(Map.of("category", List.of("of-" + item)), Double.NaN),
                Event.Note.NONE);
    }

    private static Event impression(long time, String queryId) {
        return new Event(
                "shown-" + time,
                "ann",
                EventType.IMPRESSION,
                time,
                List.of("a", "b", "c"),
                new float[] {3, 2, 1},
                origin(queryId, 11),
                Event.Amount.ONE,
                ItemFacts.UNKNOWN,
                Event.Note.NONE);
    }

    private static Event.Origin origin(String queryId, int position) {
        return new Event.Origin(
                Optional.empty(),
                Optional.of(queryId).filter(id -> !id.isEmpty()),
                Optional.empty(),
                position,
                Optional.empty());
    }

    private static TrainingReplay replayed(Event... events) {
        CatalogFields fields = new CatalogFields(false, false, List.of("category"));
        ItemTable items = new ItemTable(fields);
        for (String id : List.of("a", "b", "c")) {
            String[][] category = {{"of-" + id}};
            items.add(id, new ItemTable.Item(Double.NaN, Double.NaN, category));
        }
        TrainingReplay replay = new TrainingReplay(FEATURES, RULES, items, CrossFit.Signals.NONE);
        replay.replay(List.of(events));
        return replay;
    }

    private static List<TrainingSet.RankedList> lists(Event... events) {
        return replayed(events).trainingSet().lists();
    }

    /** Grades of one impression of a, b and c for query q that followed a click. */
    private static int[] grades(Event... events) {
        List<Event> all = new ArrayList<>(List.of(events));
        all.add(action(EventType.CLICK, SHOWN - 10 * DAY, "z", ""));
        all.add(impression(SHOWN, "q"));
        // A click on c is there always, or the list would be left out.
        all.add(action(EventType.CLICK, SHOWN + 1, "c", "q"));
        return lists(all.toArray(Event[]::new)).get(0).grades();
    }

    @Test
    void anImpressionSeesWhatWasBeforeIt() {
        TrainingSet.RankedList list =
                lists(
                                action(EventType.CLICK, SHOWN - 10 * DAY, "a", ""),
                                impression(SHOWN, "q"),
                                action(EventType.CLICK, SHOWN + 1, "b", "q"))
                        .get(0);
        float ln2 = (float) Math.log(2);
        assertArrayEquals(
                new float[] {3, 1, 0.5f, ln2, 2, 0, 0, ln2, 1, 0, 0, ln2}, list.matrix(), 1e-6f);
        assertArrayEquals(new int[] {0, 1, 0}, list.grades());
        assertArrayEquals(new float[] {3, 2, 1}, list.firstPassScores());
        assertEquals(SHOWN, list.time());
        assertEquals(11, list.firstPlace());
    }

    @Test
    void whatComesLaterChangesNoRow() {
        Event before = action(EventType.CLICK, SHOWN - 10 * DAY, "a", "");
        Event shown = impression(SHOWN, "q");
        Event click = action(EventType.CLICK, SHOWN, "b", "q");
        float[] alone = lists(before, shown, click).get(0).matrix();
        // Given first, to be put in their place.
        float[] followed =
                lists(
                                action(EventType.PURCHASE, SHOWN + 300 * DAY, "a", "r"),
                                action(EventType.PURCHASE, SHOWN, "c", "q"),
                                action(EventType.CLICK, SHOWN + 1, "b", "q"),
                                click,
                                shown,
                                before)
                        .get(0)
                        .matrix();
        assertArrayEquals(alone, followed);
    }

    @Test
    void theFirstImpressionOfALifeIsLeftOut() {
        TrainingReplay replay =
                replayed(
                        impression(SHOWN, "q"),
                        action(EventType.CLICK, SHOWN + 1, "a", "q"),
                        impression(SHOWN + 2, "r"),
                        action(EventType.CLICK, SHOWN + 3, "a", "r"));
        assertEquals(2, replay.impressions());
        assertEquals(1, replay.trainingSet().lists().size());
        assertEquals(SHOWN + 2, replay.trainingSet().lists().get(0).time());
    }

    @Test
    void anImpressionNothingWasDoneWithIsLeftOut() {
        TrainingReplay replay =
                replayed(
                        action(EventType.CLICK, SHOWN - DAY, "a", ""),
                        impression(SHOWN, "q"),
                        action(EventType.CLICK, SHOWN + 1, "a", "other"),
                        action(EventType.DISMISS, SHOWN + 1, "b", "q"));
        assertEquals(1, replay.impressions());
        assertEquals(0, replay.trainingSet().lists().size());
    }

    @Test
    void theBestThingDoneGrades() {
        assertArrayEquals(
                new int[] {3, 2, 1},
                grades(
                        action(EventType.PURCHASE, SHOWN + 5, "a", "q"),
                        action(EventType.CLICK, SHOWN + 6, "a", "q"),
                        action(EventType.ADD_TO_CART, SHOWN + 5, "b", "q")));
        assertArrayEquals(
                new int[] {1, 2, 1},
                grades(
                        action(EventType.VIEW, SHOWN + 5, "a", "q"),
                        action(EventType.FAVORITE, SHOWN + 5, "b", "q")));
    }

    @Test
    void anActionCountsForTheListOfItsQuery() {
        assertArrayEquals(
                new int[] {0, 0, 1},
                grades(
                        action(EventType.PURCHASE, SHOWN + 5, "a", "other"),
                        action(EventType.PURCHASE, SHOWN + 5, "b", "")));
    }

    @Test
    void anActionCountsWithinADay() {
        assertArrayEquals(
                new int[] {3, 0, 1},
                grades(
                        action(EventType.PURCHASE, SHOWN + DAY, "a", "q"),
                        action(EventType.PURCHASE, SHOWN + DAY + 1, "b", "q")));
        assertArrayEquals(
                new int[] {0, 3, 1},
                grades(
                        action(EventType.PURCHASE, SHOWN - 1, "a", "q"),
                        action(EventType.PURCHASE, SHOWN, "b", "q")));
    }

    @Test
    void anImpressionWithoutAQueryIdHasNoGrades() {
        assertEquals(
                0,
                lists(
                                action(EventType.CLICK, SHOWN - DAY, "a", ""),
                                impression(SHOWN, ""),
                                action(EventType.CLICK, SHOWN + 1, "a", ""))
                        .size());
    }
}
