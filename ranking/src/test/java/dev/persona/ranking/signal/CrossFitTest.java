package dev.persona.ranking.signal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.persona.profiling.event.Event;
import dev.persona.profiling.event.EventType;
import dev.persona.profiling.factorization.IdIndex;
import dev.persona.profiling.factorization.Interactions;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

class CrossFitTest {
    private static final int USERS = 20;

    private final Map<ItemSignals, Interactions> interactions = new IdentityHashMap<>();
    private final Map<ItemSignals, ItemBehaviour> behaviours = new IdentityHashMap<>();

    /** Everybody clicks the lamp once; one of them as often as told. */
    private CrossFit.Signals signals(String eager, int clicks) {
        CrossFit crossFit = new CrossFit(Clicks.RULES, Clicks.WINDOW, Clicks.NOW);
        for (int u = 0; u < USERS; u++) {
            String user = "user-" + u;
            int times = user.equals(eager) ? clicks : 1;
            List<Event> events = new ArrayList<>();
            events.add(Clicks.shown(user, 1, "lamp"));
            events.addAll(
                    Collections.nCopies(times, Clicks.action(EventType.CLICK, user, "lamp", 1, 0)));
            crossFit.add(events);
        }
        return crossFit.build(
                builder -> {
                    ItemBehaviour behaviour = builder.behaviour();
                    ItemSignals made = new ItemSignals(behaviour);
                    interactions.put(made, builder.interactions());
                    behaviours.put(made, behaviour);
                    return made;
                });
    }

    private ItemBehaviour.Numbers lamp(CrossFit.Signals signals, String user) {
        return behaviours.get(signals.without(user)).of("lamp");
    }

    @Test
    void theOwnEventsNeverChangeTheOwnSignals() {
        CrossFit.Signals calm = signals("nobody", 1);
        for (int u = 0; u < USERS; u++) {
            String user = "user-" + u;
            CrossFit.Signals eager = signals(user, 50);
            assertEquals(lamp(calm, user), lamp(eager, user));
            Interactions before = interactions.get(calm.without(user));
            Interactions after = interactions.get(eager.without(user));
            assertEquals(IdIndex.ABSENT, after.users().indexOf(user));
            assertEquals(before.entries(), after.entries());
            for (int row = 0; row < after.users().size(); row++) {
                assertArrayEquals(before.weightsOf(row), after.weightsOf(row));
            }
        }
    }

    @Test
    void theEventsOfOthersDo() {
        CrossFit.Signals calm = signals("nobody", 1);
        CrossFit.Signals eager = signals("user-0", 50);
        boolean[] changed = new boolean[USERS];
        for (int u = 0; u < USERS; u++) {
            changed[u] = !lamp(calm, "user-" + u).equals(lamp(eager, "user-" + u));
        }
        assertFalse(changed[0]);
        List<Boolean> all = new ArrayList<>();
        for (boolean one : changed) {
            all.add(one);
        }
        assertTrue(Collections.frequency(all, true) > USERS / 2, Arrays.toString(changed));
        assertNotEquals(lamp(calm, "user-0"), ItemBehaviour.Numbers.UNKNOWN);
    }

    @Test
    void aUserNobodyKnowsHasSignalsToo() {
        assertNotEquals(ItemBehaviour.Numbers.UNKNOWN, lamp(signals("nobody", 1), "somebody new"));
    }
}
