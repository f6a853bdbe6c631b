package dev.persona.ranking.signal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.persona.profiling.event.EventType;
import dev.persona.profiling.factorization.IdIndex;
import dev.persona.profiling.factorization.Interactions;

import org.junit.jupiter.api.Test;

import java.util.List;

class SignalBuilderTest {
    private final SignalBuilder builder = new SignalBuilder(Clicks.RULES, Clicks.NOW);

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
}
