package dev.persona.profiling.profile;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;

import dev.persona.profiling.event.EventType;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The latest {@value #MOST_EVENTS} events of a user about an item, by item.
 *
 * <p>Latest by time, then by item, type and factor, so that it is the same ones in whatever order
 * they come.
 */
public final class RecentItems {
    /** How many events are kept. */
    static final int MOST_EVENTS = 500;

    /** How many too many there may be before they are removed: doing it one by one is slow. */
    private static final int SLACK = 100;

    private final ProfileRules rules;
    private final Map<String, RecentItem> items = new HashMap<>();
    private int size;

    RecentItems(ProfileRules rules) {
        this.rules = rules;
    }

    void add(String item, EventType type, long time, double factor) {
        of(item).add(type, time, factor);
        size++;
        if (size > MOST_EVENTS + SLACK) {
            trim();
        }
    }

    private RecentItem of(String item) {
        return items.computeIfAbsent(item, id -> new RecentItem(id, rules));
    }

    void absorb(RecentItems other) {
        other.items.forEach((id, item) -> of(id).absorb(item));
        size += other.size;
        trim();
    }

    /** Removes the earliest events beyond the number that is kept. */
    private void trim() {
        int excess = size - MOST_EVENTS;
        if (excess <= 0) {
            return;
        }
        long[] times = new long[size];
        int filled = 0;
        for (RecentItem item : items.values()) {
            for (EventTimes events : item.events().values()) {
                for (int i = 0; i < events.size(); i++) {
                    times[filled++] = events.time(i);
                }
            }
        }
        Arrays.sort(times);
        long earliestKept = times[excess];
        int before = excess;
        while (before > 0 && times[before - 1] == earliestKept) {
            before--;
        }
        items.values().forEach(item -> item.removeBefore(earliestKept));
        removeTied(earliestKept, excess - before);
        items.values().removeIf(RecentItem::isEmpty);
        size = MOST_EVENTS;
    }

    /** An event at the earliest time that is kept, where not all of that time are. */
    private record Tied(RecentItem item, EventType type, double factor) {}

    private void removeTied(long time, int many) {
        if (many == 0) {
            return;
        }
        List<Tied> tied = new ArrayList<>();
        for (RecentItem item : items.values()) {
            item.events()
                    .forEach(
                            (type, events) -> {
                                for (int i = 0; i < events.size() && events.time(i) == time; i++) {
                                    tied.add(new Tied(item, type, events.factor(i)));
                                }
                            });
        }
        tied.sort(
                Comparator.comparing((Tied t) -> t.item().item())
                        .thenComparing(Tied::type)
                        .thenComparingDouble(Tied::factor));
        // The events of an item and a type are in order: its next is always its first.
        tied.subList(0, many).forEach(t -> t.item().removeFirst(t.type()));
    }

    /** The item, if the user did something with it lately. */
    public Optional<RecentItem> find(String item) {
        trim();
        return Optional.ofNullable(items.get(item));
    }

    /** All of them, in no order. */
    public Collection<RecentItem> all() {
        trim();
        return Collections.unmodifiableCollection(items.values());
    }

    void write(JsonGenerator json) throws IOException {
        if (items.isEmpty()) {
            return;
        }
        trim();
        json.writeObjectFieldStart("recent");
        for (RecentItem item : items.values()) {
            json.writeFieldName(item.item());
            item.write(json);
        }
        json.writeEndObject();
    }

    void read(JsonNode json) {
        for (Map.Entry<String, JsonNode> e : json.properties()) {
            size += of(e.getKey()).read(e.getValue());
        }
    }

    /** The latest first. */
    ArrayNode shown(long now) {
        ArrayNode json = JsonNodeFactory.instance.arrayNode();
        all().stream()
                .sorted(
                        Comparator.comparingLong(RecentItem::last)
                                .reversed()
                                .thenComparing(RecentItem::item))
                .forEach(item -> json.add(item.shown(now)));
        return json;
    }
}
