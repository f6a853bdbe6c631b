package dev.persona.ranking.signal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.persona.profiling.event.Event;
import dev.persona.profiling.event.EventType;
import dev.persona.profiling.factorization.AlsParameters;
import dev.persona.profiling.factorization.Interactions;
import dev.persona.profiling.factorization.ItemFactors;
import dev.persona.profiling.profile.ForwardDecay;
import dev.persona.profiling.profile.Profile;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;

class ItemSignalsTest {
    private static final AlsParameters PARAMETERS = new AlsParameters(4, 1, 0.1, 2, 1);

    @Test
    void aUserIsFoldedInWithTheWeightsThatTheFactorizationSaw() {
        TrainingWindow window =
                new TrainingWindow(
                        OptionalLong.of(30 * Clicks.DAY), new ForwardDecay(3 * Clicks.DAY), 1);
        Random random = new Random(7);
        List<Event> events = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            EventType type = i % 5 == 0 ? EventType.DISMISS : EventType.CLICK;
            String item = "i" + random.nextInt(12);
            events.add(Clicks.action(type, "ann", item, 0, random.nextInt(60)));
        }
        SignalBuilder builder = new SignalBuilder(Clicks.RULES, window, Clicks.NOW);
        builder.add(events);
        Interactions made = builder.interactions();
        float[] vectors = new float[made.items().size() * PARAMETERS.factors()];
        for (int i = 0; i < vectors.length; i++) {
            vectors[i] = random.nextFloat() - 0.5f;
        }
        ItemFactors factors = new ItemFactors(made.items(), vectors, PARAMETERS);
        Profile profile = new Profile(Clicks.RULES);
        events.forEach(profile::apply);

        float[] folded =
                new ItemSignals(factors, window, builder.behaviour()).interest(profile, Clicks.NOW);
        float[] byRules =
                new ItemSignals(factors, Clicks.WINDOW, builder.behaviour())
                        .interest(profile, Clicks.NOW);

        assertEquals(1, made.users().size());
        assertArrayEquals(
                factors.foldIn().solve(made.itemsOf(0), made.weightsOf(0)), folded, 1e-5f);
        assertNotEquals(folded[0], byRules[0], 1e-3f);
    }
}
