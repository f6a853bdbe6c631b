package dev.persona.ranking.signal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.persona.profiling.event.Event;
import dev.persona.profiling.event.EventType;
import dev.persona.profiling.factorization.IdIndex;
import dev.persona.profiling.factorization.Interactions;
import dev.persona.profiling.profile.ForwardDecay;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

class SignalBuilderTest {
    private final SignalBuilder builder = builder(Clicks.WINDOW);

    private static SignalBuilder builder(TrainingWindow window) {
        return new SignalBuilder(Clicks.RULES, window, Clicks.NOW);
    }

    private static TrainingWindow atLeast(int events) {
        return new TrainingWindow(OptionalLong.empty(), Clicks.RULES.decay(), events);
    }

    /** By user, then by item. */
    private static Map<String, Map<String, Float>> weights(SignalBuilder builder) {
        Interactions made = builder.interactions();
        Map<String, Map<String, Float>> weights = new TreeMap<>();
        for (int user = 0; user < made.users().size(); user++) {
            Map<String, Float> row = new TreeMap<>();
            for (int i = 0; i < made.itemsOf(user).length; i++) {
                row.put(made.items().id(made.itemsOf(user)[i]), made.weightsOf(user)[i]);
            }
            weights.put(made.users().id(user), row);
        }
        return weights;
    }

    @Test
    void clickRateIsClicksOverWhatThePlacesPromise() {
        builder.add(
                List.of(
                        Clicks.shown("ann", 1, "a", "b"),
                        Clicks.shown("ann", 1, "a", "b"),
                        Clicks.shown("ann", 1, "b", "a"),
                        Clicks.shown("ann", 1, "c", "b"),
                        Clicks.action(EventType.CLICK, "ann", "a", 1, 0),
                        Clicks.action(EventType.CLICK, "ann", "a", 2, 0),
                        Clicks.action(EventType.CLICK, "ann", "b", 1, 0)));
        ItemBehaviour behaviour = builder.behaviour();
        // Place 1 was shown 4 times and clicked twice: 1/2. Place 2 likewise once: 1/4.
        // Of a: 2 clicks, expected 2/2 + 1/4. Of b: 1, expected 1/2 + 3/4. Of c: 0, expected 1/2.
        assertEquals((2 + 3) / (1.25 + 3), behaviour.of("a").clickRate(), 1e-6);
        assertEquals((1 + 3) / (1.25 + 3), behaviour.of("b").clickRate(), 1e-6);
        assertEquals((0 + 3) / (0.5 + 3), behaviour.of("c").clickRate(), 1e-6);
    }

    @Test
    void aListOnALaterPageStartsAtItsPlace() {
        builder.add(
                List.of(
                        Clicks.shown("ann", 1, "a"),
                        Clicks.shown("ann", 100, "b"),
                        Clicks.action(EventType.CLICK, "ann", "a", 1, 0)));
        assertEquals((1 + 3) / (1.0 + 3), builder.behaviour().of("a").clickRate(), 1e-6);
        assertEquals((0 + 3) / (0.0 + 3), builder.behaviour().of("b").clickRate(), 1e-6);
    }

    @Test
    void aClickOutsideOfListsIsNoMeritOfAPlace() {
        builder.add(List.of(Clicks.action(EventType.CLICK, "ann", "a", 0, 0)));
        assertEquals(1, builder.behaviour().of("a").clickRate(), 1e-6);
    }

    @Test
    void popularityIsTheLogarithmOfDecayedWeights() {
        builder.add(
                List.of(
                        Clicks.action(EventType.CLICK, "ann", "a", 0, 10),
                        Clicks.action(EventType.PURCHASE, "ann", "a", 0, 20),
                        Clicks.action(EventType.DISMISS, "ann", "b", 0, 0)));
        builder.add(List.of(Clicks.action(EventType.CLICK, "bob", "a", 0, 0)));
        assertEquals(Math.log(1 + 0.5 + 1 + 1), builder.behaviour().of("a").popularity(), 1e-6);
        assertEquals(0, builder.behaviour().of("b").popularity());
        assertEquals(ItemBehaviour.Numbers.UNKNOWN, builder.behaviour().of("unseen"));
    }

    @Test
    void aUserCountsOnceForAnItemByTheHeaviestAndTheLatest() {
        builder.add(
                List.of(
                        Clicks.action(EventType.CLICK, "ann", "a", 0, 7),
                        Clicks.action(EventType.PURCHASE, "ann", "a", 0, 14),
                        // It speaks against the item, and makes nothing of it later.
                        Clicks.action(EventType.DISMISS, "ann", "a", 0, 1),
                        Clicks.action(EventType.CLICK, "bob", "a", 0, 0),
                        Clicks.action(EventType.DISMISS, "bob", "b", 0, 0)));
        Demand demand = builder.behaviour().of("a").demand();
        // A click is a fourth of what a purchase is, which is the heaviest.
        assertEquals(Math.log(1 + 0.5 + 0.25), demand.recent(), 1e-6);
        assertEquals(
                (Math.pow(2, -7 / 14.0) + 0.25 + 0.5) / (Math.pow(2, -7 / 60.0) + 0.25 + 1),
                demand.trend(),
                1e-6);
        assertEquals(Demand.UNKNOWN, builder.behaviour().of("b").demand());
    }

    @Test
    void whoBuysOnSeveralDaysComesBackWhetherUnderOneIdOrTwo() {
        builder.add(
                List.of(
                        Clicks.action(EventType.PURCHASE, "ann", "a", 0, 1),
                        Clicks.action(EventType.PURCHASE, "ann", "a", 0, 2),
                        Clicks.action(EventType.PURCHASE, "bob", "a", 0, 1),
                        Clicks.action(EventType.PURCHASE, "bob", "a", 0, 1)));
        SignalBuilder other = builder(Clicks.WINDOW);
        other.add(
                List.of(
                        Clicks.action(EventType.PURCHASE, "bob 2", "a", 0, 1),
                        Clicks.action(EventType.PURCHASE, "cid", "a", 0, 3),
                        Clicks.action(EventType.PURCHASE, "cid 2", "a", 0, 4)));

        assertEquals((1 + 1.5) / (2 + 10) / 0.2, repeat(), 1e-6);
        builder.add(other.sums(), id -> id.substring(0, 3));
        assertEquals((2 + 1.5) / (3 + 10) / 0.2, repeat(), 1e-6);
    }

    private float repeat() {
        return builder.behaviour().of("a").demand().repeat();
    }

    @Test
    void anInteractionIsTheSumOfDecayedWeights() {
        builder.add(
                List.of(
                        Clicks.action(EventType.CLICK, "ann", "a", 0, 10),
                        Clicks.action(EventType.PURCHASE, "ann", "a", 0, 0),
                        Clicks.action(EventType.DISMISS, "ann", "a", 0, 10)));
        Interactions made = builder.interactions();
        assertArrayEquals(new float[] {3.5f}, made.weightsOf(made.users().indexOf("ann")), 1e-6f);
    }

    @Test
    void whatDoesNotAddUpToMoreThanZeroIsNoInteraction() {
        builder.add(
                List.of(
                        Clicks.action(EventType.CLICK, "ann", "liked", 0, 0),
                        Clicks.action(EventType.DISMISS, "ann", "avoided", 0, 0),
                        Clicks.action(EventType.VIEW, "ann", "weightless", 0, 0),
                        // A dismissal 10 days ago takes back just one click.
                        Clicks.action(EventType.CLICK, "ann", "taken back", 0, 0),
                        Clicks.action(EventType.DISMISS, "ann", "taken back", 0, 10),
                        // 2 to the power of -200 is 0 to a float.
                        Clicks.action(EventType.CLICK, "ann", "forgotten", 0, 2000)));
        builder.add(List.of(Clicks.action(EventType.DISMISS, "bob", "liked", 0, 0)));
        Interactions made = builder.interactions();
        assertEquals(1, made.entries());
        assertEquals(0, made.items().indexOf("liked"));
        assertEquals(IdIndex.ABSENT, made.users().indexOf("bob"));
    }

    @Test
    void onlyWhatIsInTheWindowCounts() {
        SignalBuilder recent =
                builder(
                        new TrainingWindow(
                                OptionalLong.of(20 * Clicks.DAY), Clicks.RULES.decay(), 1));
        recent.add(
                List.of(
                        Clicks.action(EventType.CLICK, "ann", "a", 0, 20),
                        Clicks.action(EventType.CLICK, "ann", "a", 0, 21),
                        Clicks.action(EventType.CLICK, "ann", "b", 1, 21)));
        assertEquals(Map.of("ann", Map.of("a", 0.25f)), weights(recent));
        assertEquals(Math.log(1.25), recent.behaviour().of("a").popularity(), 1e-6);
        assertEquals(ItemBehaviour.Numbers.UNKNOWN, recent.behaviour().of("b"));
    }

    @Test
    void theWindowSaysHowWeightsFade() {
        SignalBuilder slow = builder(TrainingWindow.all(new ForwardDecay(20 * Clicks.DAY)));
        slow.add(List.of(Clicks.action(EventType.PURCHASE, "ann", "a", 0, 20)));
        assertEquals(Map.of("ann", Map.of("a", 2f)), weights(slow));
        assertEquals(Math.log(3), slow.behaviour().of("a").popularity(), 1e-6);
    }

    @Test
    void whoHasTooFewEventsIsLeftOutAndThatIsDecidedOnce() {
        SignalBuilder few = builder(atLeast(2));
        few.add(
                List.of(
                        Clicks.action(EventType.CLICK, "ann", "a", 0, 0),
                        Clicks.action(EventType.CLICK, "ann", "rare", 0, 0),
                        // Weighs nothing, so it does not count.
                        Clicks.action(EventType.VIEW, "ann", "rare", 0, 0),
                        Clicks.action(EventType.CLICK, "bob", "b", 0, 0),
                        // A dismissal is an event too.
                        Clicks.action(EventType.DISMISS, "bob", "a", 0, 0),
                        Clicks.action(EventType.CLICK, "cid", "b", 0, 0)));
        // Of b only one event is left without cid, but b has had two.
        assertEquals(Map.of("ann", Map.of("a", 1f), "bob", Map.of("b", 1f)), weights(few));
        assertEquals(Math.log(2), few.behaviour().of("rare").popularity(), 1e-6);
    }

    @Test
    void partsAddUpToTheWholeHoweverUsersAreMerged() {
        Random random = new Random(3);
        SignalBuilder whole = builder(atLeast(3));
        List<SignalBuilder> parts = List.of(builder(atLeast(3)), builder(atLeast(3)));
        for (int i = 0; i < 3000; i++) {
            int id = random.nextInt(300);
            // Of every user half of the events are under another id, in another part.
            String user = "u" + id / 2;
            String item = "i" + random.nextInt(50);
            List<Event> events;
            if (random.nextInt(4) == 0) {
                String other = "i" + random.nextInt(50);
                events = List.of(Clicks.shown(user, random.nextInt(30), item, other));
            } else {
                EventType type =
                        List.of(EventType.CLICK, EventType.PURCHASE, EventType.DISMISS)
                                .get(random.nextInt(3));
                events =
                        List.of(
                                Clicks.action(
                                        type, user, item, random.nextInt(9), random.nextInt(40)));
            }
            whole.add(events);
            parts.get(id % 2).add(events.stream().map(event -> event.withUser("id" + id)).toList());
        }

        SignalBuilder sum = builder(atLeast(3));
        UnaryOperator<String> userOf = id -> "u" + Integer.parseInt(id.substring(2)) / 2;
        parts.forEach(part -> sum.add(part.sums(), userOf));

        Map<String, Map<String, Float>> expected = weights(whole);
        Map<String, Map<String, Float>> added = weights(sum);
        assertTrue(expected.size() > 100, "" + expected.size());
        assertEquals(expected.keySet(), added.keySet());
        expected.forEach(
                (user, row) -> {
                    assertEquals(row.keySet(), added.get(user).keySet());
                    row.forEach(
                            (item, weight) ->
                                    assertEquals(weight, added.get(user).get(item), 1e-5));
                });
        ItemBehaviour behaviour = whole.behaviour();
        assertEquals(50, behaviour.items().size());
        assertEquals(behaviour.items(), sum.behaviour().items());
        for (String item : behaviour.items()) {
            ItemBehaviour.Numbers numbers = sum.behaviour().of(item);
            assertEquals(behaviour.of(item).popularity(), numbers.popularity(), 1e-5);
            assertEquals(behaviour.of(item).clickRate(), numbers.clickRate(), 1e-6);
            Demand demand = behaviour.of(item).demand();
            assertEquals(demand.recent(), numbers.demand().recent(), 1e-6);
            assertEquals(demand.trend(), numbers.demand().trend(), 1e-6);
            assertEquals(demand.repeat(), numbers.demand().repeat(), 1e-6);
        }
    }

    @Test
    void itSaysWhatMemoryItIsAboutToTake() {
        long[] bytes = new long[2];
        SignalBuilder counted =
                new SignalBuilder(
                        Clicks.RULES,
                        Clicks.WINDOW,
                        Clicks.NOW,
                        more -> {
                            bytes[0] += more;
                            bytes[1] = Math.max(bytes[0], bytes[1]);
                        });
        for (int i = 0; i < 50_000; i++) {
            counted.add(List.of(Clicks.action(EventType.CLICK, "u" + i / 10, "i" + i % 997, 1, 0)));
        }
        // 2^17 slots of 32 bytes are the smallest table that is not two thirds full of 50,000.
        long pairs = (1 << 17) * 32;
        assertTrue(bytes[0] > pairs && bytes[0] < 2 * pairs, "" + bytes[0]);
        assertTrue(bytes[1] >= bytes[0], "" + bytes[1]);
        long before = bytes[0];
        long sums = counted.sums().bytes();
        assertTrue(sums > 50_000 * 28 && sums < 2 * 50_000 * 28, "" + sums);
        assertTrue(bytes[0] >= before + 50_000 * 28, "" + bytes[0]);
    }
}
