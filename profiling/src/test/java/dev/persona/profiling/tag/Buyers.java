package dev.persona.profiling.tag;

import dev.persona.profiling.event.Event;
import dev.persona.profiling.event.EventType;
import dev.persona.profiling.event.ItemFacts;
import dev.persona.profiling.profile.ForwardDecay;
import dev.persona.profiling.profile.Population;
import dev.persona.profiling.profile.PopulationBuilder;
import dev.persona.profiling.profile.Profile;
import dev.persona.profiling.profile.ProfileRules;

import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Users made up event by event. */
final class Buyers {
    static final long HOUR = 3_600_000;
    static final long DAY = 24 * HOUR;

    /** A noon in Berlin. */
    static final long NOW = 1_775_037_600_000L;

    static final ProfileRules RULES =
            new ProfileRules(
                    Map.of(EventType.CLICK, 1.0, EventType.PURCHASE, 5.0, EventType.DISMISS, -2.0),
                    new ForwardDecay(30 * DAY),
                    ZoneId.of("Europe/Berlin"),
                    Optional.empty());

    private Buyers() {}

    static Event event(EventType type, long time, double price, String session) {
        return new Event(
                type + "-" + time,
                "ann",
                type,
                time,
                List.of("p1"),
                new float[0],
                new Event.Origin(
                        Optional.of(session),
                        Optional.empty(),
                        Optional.empty(),
                        0,
                        Optional.of("store.north")),
                new Event.Amount(1, price, Double.NaN),
                new ItemFacts(
                        Map.of("category", List.of("lamp"), "meta.brand", List.of("a.b")), price),
                Event.Note.NONE);
    }

    static Profile profile(Event... events) {
        Profile profile = new Profile(RULES);
        for (Event event : events) {
            profile.apply(event);
        }
        return profile;
    }

    /** Who bought something of a price so many days ago. */
    static Profile bought(double price, int... daysAgo) {
        Profile profile = new Profile(RULES);
        for (int ago : daysAgo) {
            profile.apply(event(EventType.PURCHASE, NOW - ago * DAY, price, "s" + ago));
        }
        return profile;
    }

    /** Ten buyers, the i-th of whom bought once, i days ago, for 10 times i. */
    static Population population() {
        PopulationBuilder builder = new PopulationBuilder();
        for (int i = 1; i <= 10; i++) {
            builder.add(bought(10 * i, i));
        }
        builder.add(new Profile(RULES));
        return builder.build();
    }

    static TagView view(Profile profile) {
        return new TagView(profile, Map.of(), Optional.of(population()), NOW);
    }
}
