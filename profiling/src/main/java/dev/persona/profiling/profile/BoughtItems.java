package dev.persona.profiling.profile;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import java.io.IOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * On which days a user bought which item: the latest {@value #MOST_PAIRS} pairs of a day and an
 * item. Of one day, the pairs with the larger item ids are kept.
 */
final class BoughtItems {
    static final int MOST_PAIRS = 1000;
    static final int MOST_SHOWN = 100;

    private final Map<String, DaySet> days = new TreeMap<>();
    private int pairs;

    void add(String item, int day) {
        if (days.computeIfAbsent(item, id -> new DaySet()).add(day)) {
            pairs++;
            if (pairs > MOST_PAIRS) {
                removeFirst();
            }
        }
    }

    private void removeFirst() {
        String first = "";
        int day = Integer.MAX_VALUE;
        // In the order of the items: of equal days, the smallest item is the first.
        for (Map.Entry<String, DaySet> e : days.entrySet()) {
            if (e.getValue().first() < day) {
                day = e.getValue().first();
                first = e.getKey();
            }
        }
        DaySet set = days.get(first);
        set.removeFirst();
        if (set.size() == 0) {
            days.remove(first);
        }
        pairs--;
    }

    void absorb(BoughtItems other) {
        other.days.forEach(
                (item, theirs) -> {
                    for (int i = 0; i < theirs.size(); i++) {
                        add(item, theirs.get(i));
                    }
                });
    }

    boolean isEmpty() {
        return days.isEmpty();
    }

    void write(JsonGenerator json) throws IOException {
        json.writeObjectFieldStart("items");
        for (Map.Entry<String, DaySet> e : days.entrySet()) {
            json.writeFieldName(e.getKey());
            e.getValue().write(json);
        }
        json.writeEndObject();
    }

    void read(JsonNode json) {
        for (Map.Entry<String, JsonNode> e : json.properties()) {
            DaySet set = DaySet.read(e.getValue());
            days.put(e.getKey(), set);
            pairs += set.size();
        }
    }

    /** All of them, in the order of their ids. */
    List<BoughtItem> all() {
        List<BoughtItem> all = new ArrayList<>(days.size());
        days.forEach(
                (item, set) ->
                        all.add(new BoughtItem(item, set.size(), set.last(), set.medianGap())));
        return all;
    }

    /** Those bought on at least two days, the most often bought first. */
    ArrayNode repeatsShown() {
        ArrayNode json = JsonNodeFactory.instance.arrayNode();
        days.entrySet().stream()
                .filter(e -> e.getValue().size() >= 2)
                .sorted(
                        Comparator.<Map.Entry<String, DaySet>>comparingInt(
                                        e -> -e.getValue().size())
                                .thenComparing(Map.Entry::getKey))
                .limit(MOST_SHOWN)
                .forEach(
                        e -> {
                            ObjectNode item = json.addObject();
                            item.put("item", e.getKey());
                            item.put("days", e.getValue().size());
                            item.put("cycle_days", e.getValue().medianGap().orElseThrow());
                            item.put("last", LocalDate.ofEpochDay(e.getValue().last()).toString());
                        });
        return json;
    }
}
