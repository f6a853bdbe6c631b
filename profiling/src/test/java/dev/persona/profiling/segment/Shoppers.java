package dev.persona.profiling.segment;

import dev.persona.profiling.event.Event;
import dev.persona.profiling.event.EventType;
import dev.persona.profiling.event.ItemFacts;
import dev.persona.profiling.profile.ForwardDecay;
import dev.persona.profiling.profile.Profile;
import dev.persona.profiling.profile.ProfileRules;

import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/** Profiles of made-up users. */
final class Shoppers {
    static final long DAY = 86_400_000;

    /** Noon of Wednesday, the first of April 2026, UTC. */
    static final long NOW = 1_775_044_800_000L;

    static final ProfileRules RULES =
            new ProfileRules(
                    Map.of(EventType.CLICK, 1.0, EventType.PURCHASE, 5.0),
                    new ForwardDecay(30 * DAY),
                    ZoneOffset.UTC,
                    Optional.empty());

    private Shoppers() {}

    static Event event(EventType type, long time, double price, String brand, String session) {
        return new Event(
                type + "-" + time + "-" + price + "-" + brand,
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
                        Optional.empty()),
                new Event.Amount(1, price, Double.NaN),
                new ItemFacts(Map.of("brand", List.of(brand)), price),
                Event.Note.NONE);
    }

    /** Who clicks, in the last ten days, on ten items of about a price, of a brand or of others. */
    static Profile clicking(Random random, String brand, double price) {
        Profile profile = new Profile(RULES);
        for (int i = 0; i < 10; i++) {
            String of = random.nextInt(3) > 0 ? brand : "other" + random.nextInt(5);
            long time = NOW - random.nextLong(10 * DAY);
            double at = price * (0.9 + 0.2 * random.nextDouble());
            profile.apply(event(EventType.CLICK, time, at, of, "s" + i / 3));
        }
        return profile;
    }
}
