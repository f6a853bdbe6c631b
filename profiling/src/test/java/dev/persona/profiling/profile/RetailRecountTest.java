package dev.persona.profiling.profile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.persona.profiling.OnlineRetail;
import dev.persona.profiling.event.Event;
import dev.persona.profiling.event.EventType;
import dev.persona.profiling.event.ItemFacts;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/** The profile of every customer of a real shop against a recount; without the data, skipped. */
class RetailRecountTest {
    private static Map<String, List<Event>> purchases() throws IOException {
        Map<String, List<Event>> byUser = new HashMap<>();
        OnlineRetail.forEachLine(
                (row, number) -> {
                    int quantity = Integer.parseInt(row.get(3));
                    double price = Double.parseDouble(row.get(5));
                    if (!row.get(6).isEmpty() && quantity > 0 && price > 0) {
                        byUser.computeIfAbsent(row.get(6), user -> new ArrayList<>())
                                .add(purchase("e" + number, row, quantity, price));
                    }
                });
        return byUser;
    }

    private static Event purchase(String id, List<String> row, int quantity, double price) {
        return new Event(
                id,
                row.get(6),
                EventType.PURCHASE,
                Instant.parse(row.get(4)).toEpochMilli(),
                List.of(row.get(1)),
                new float[0],
                new Event.Origin(
                        Optional.of(row.get(0)),
                        Optional.empty(),
                        Optional.empty(),
                        0,
                        Optional.of(row.get(7))),
                new Event.Amount(quantity, price, Double.NaN),
                new ItemFacts(
                        Map.of(
                                "series",
                                List.of(row.get(1).substring(0, 1)),
                                "colour",
                                colour(row)),
                        price),
                Event.Note.NONE);
    }

    private static List<String> colour(List<String> row) {
        for (String word : row.get(2).split(" ")) {
            if (List.of("RED", "WHITE", "PINK", "BLUE", "BLACK", "GREEN").contains(word)) {
                return List.of(word);
            }
        }
        return List.of();
    }

    @Test
    void everyFieldOfEveryCustomerEqualsARecount() throws IOException {
        assumeTrue(OnlineRetail.isHere());
        Map<EventType, Double> weights = Map.of(EventType.PURCHASE, 6.0);
        long halfLife = 30 * 86_400_000L;
        ZoneId zone = ZoneId.of("Europe/London");
        ProfileRules rules =
                new ProfileRules(weights, new ForwardDecay(halfLife), zone, Optional.of("series"));
        long now = Instant.parse("2011-12-10T09:00:00Z").toEpochMilli();
        Map<String, List<Event>> byUser = purchases();
        assertEquals(4338, byUser.size());
        assertEquals(397_884, byUser.values().stream().mapToInt(List::size).sum());

        byUser.forEach(
                (user, events) -> {
                    Collections.shuffle(events, new Random(user.hashCode()));
                    Profile profile = new Profile(rules);
                    events.forEach(profile::apply);
                    ObjectNode expected =
                            new NaiveProfile(events, weights, halfLife, zone, Optional.of("series"))
                                    .shown(now);
                    Alike.assertShown(expected, ProfileJson.shown(profile, now));
                });
    }
}
