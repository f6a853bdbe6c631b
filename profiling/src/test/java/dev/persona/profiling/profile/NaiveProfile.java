package dev.persona.profiling.profile;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.persona.profiling.event.Event;
import dev.persona.profiling.event.EventType;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * The shown form worked out from the definitions: loops over the list of a user's events, each time
 * from the beginning. Numbers are not rounded; sessions are counted exactly.
 */
record NaiveProfile(
        List<Event> events,
        Map<EventType, Double> weights,
        long halfLife,
        ZoneId zone,
        Optional<String> category) {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private LocalDate date(Event event) {
        return Instant.ofEpochMilli(event.timestamp()).atZone(zone).toLocalDate();
    }

    private List<Event> where(Predicate<Event> which) {
        return events.stream().filter(which).toList();
    }

    private double left(Event event, long now) {
        return Math.exp(-Math.log(2) * (now - event.timestamp()) / halfLife);
    }

    private double weight(Event event) {
        double weight = weights.getOrDefault(event.type(), 0.0);
        double stars = event.amount().value();
        if (!event.type().id().equals("rating") || Double.isNaN(stars)) {
            return weight;
        }
        double share = (stars - 3) / 2;
        return weight * (share < -1 ? -1 : share > 1 ? 1 : share);
    }

    private static String last(List<Event> some) {
        return Instant.ofEpochMilli(some.stream().mapToLong(Event::timestamp).max().getAsLong())
                .toString();
    }

    ObjectNode shown(long now) {
        ObjectNode json = JSON.objectNode();
        json.put(
                "first_seen",
                Instant.ofEpochMilli(events.stream().mapToLong(Event::timestamp).min().getAsLong())
                        .toString());
        json.put("last_seen", last(events));
        json.set("events", counts(now));
        json.set("affinities", affinities(now));
        price(now).ifPresent(price -> json.set("price", price));
        json.set("purchases", purchases());
        ArrayNode hours = json.putArray("active_hours");
        for (int hour = 0; hour < 24; hour++) {
            int h = hour;
            hours.add(active(e -> Instant.ofEpochMilli(e.timestamp()).atZone(zone).getHour() == h));
        }
        ArrayNode weekdays = json.putArray("active_weekdays");
        for (int weekday = 1; weekday <= 7; weekday++) {
            int w = weekday;
            weekdays.add(active(e -> date(e).getDayOfWeek().getValue() == w));
        }
        ObjectNode channels = json.putObject("channels");
        TreeSet<String> names = new TreeSet<>();
        events.forEach(e -> e.query().channel().ifPresent(names::add));
        names.stream()
                .limit(50)
                .forEach(
                        name ->
                                channels.put(
                                        name,
                                        where(e -> e.query().channel().equals(Optional.of(name)))
                                                .size()));
        HashSet<String> sessions = new HashSet<>();
        events.forEach(e -> e.query().session().ifPresent(sessions::add));
        json.put("sessions", sessions.size());
        json.set("recent_items", recentItems(now));
        return json;
    }

    private int active(Predicate<Event> which) {
        return where(which.and(e -> e.type() != EventType.IMPRESSION)).size();
    }

    private ObjectNode counts(long now) {
        LocalDate today = Instant.ofEpochMilli(now).atZone(zone).toLocalDate();
        ObjectNode json = JSON.objectNode();
        for (EventType type : new TreeSet<>(events.stream().map(Event::type).toList())) {
            List<Event> own = where(e -> e.type().equals(type));
            ObjectNode count = json.putObject(type.id());
            count.put("total", own.size());
            for (int n : List.of(1, 7, 30, 90)) {
                count.put(
                        "days_" + n,
                        own.stream()
                                .filter(e -> date(e).isAfter(today.minusDays(n)))
                                .filter(e -> !date(e).isAfter(today))
                                .count());
            }
            count.put("decayed", own.stream().mapToDouble(e -> left(e, now)).sum());
            count.put("last", last(own));
        }
        return json;
    }

    private ObjectNode affinities(long now) {
        Map<String, Map<String, Double>> sums = new TreeMap<>();
        for (Event event : where(e -> e.item().isPresent())) {
            event.facts()
                    .attributes()
                    .forEach(
                            (name, values) ->
                                    values.forEach(
                                            value ->
                                                    sums.computeIfAbsent(name, n -> new TreeMap<>())
                                                            .merge(
                                                                    value,
                                                                    weight(event)
                                                                            * left(event, now),
                                                                    Double::sum)));
        }
        ObjectNode json = JSON.objectNode();
        sums.forEach(
                (name, values) -> {
                    ObjectNode shown = JSON.objectNode();
                    values.entrySet().stream()
                            .filter(e -> e.getValue() != 0)
                            .sorted(Comparator.comparing(e -> -Math.abs(e.getValue())))
                            .limit(100)
                            .forEach(e -> shown.put(e.getKey(), e.getValue()));
                    if (!shown.isEmpty()) {
                        json.set(name, shown);
                    }
                });
        return json;
    }

    private Optional<ObjectNode> price(long now) {
        List<Event> priced =
                where(
                        e ->
                                e.item().isPresent()
                                        && weight(e) > 0
                                        && !Double.isNaN(e.facts().price()));
        if (priced.isEmpty()) {
            return Optional.empty();
        }
        ObjectNode json = level(priced, now);
        Map<String, List<Event>> byCategory = new TreeMap<>();
        for (Event event : priced) {
            category.map(name -> event.facts().attributes().get(name)).orElse(List.of()).stream()
                    .distinct()
                    .forEach(
                            value ->
                                    byCategory
                                            .computeIfAbsent(value, v -> new ArrayList<>())
                                            .add(event));
        }
        if (!byCategory.isEmpty()) {
            ObjectNode categories = json.putObject("by_category");
            byCategory.entrySet().stream()
                    .map(e -> Map.entry(e.getKey(), level(e.getValue(), now)))
                    .sorted(Comparator.comparing(e -> -e.getValue().get("weight").asDouble()))
                    .limit(100)
                    .forEach(e -> categories.set(e.getKey(), e.getValue()));
        }
        return Optional.of(json);
    }

    /** Two passes: the mean, then the mean square of what is off it. */
    private ObjectNode level(List<Event> priced, long now) {
        double weight = 0;
        double mean = 0;
        for (Event event : priced) {
            weight += weight(event) * left(event, now);
            mean += weight(event) * left(event, now) * Math.log(event.facts().price());
        }
        mean /= weight;
        double variance = 0;
        for (Event event : priced) {
            double off = Math.log(event.facts().price()) - mean;
            variance += weight(event) * left(event, now) * off * off / weight;
        }
        ObjectNode json = JSON.objectNode();
        json.put("mean", Math.exp(mean));
        json.put("spread", Math.exp(Math.sqrt(variance)));
        json.put("weight", weight);
        return json;
    }

    private ObjectNode purchases() {
        List<Event> bought = where(e -> e.type() == EventType.PURCHASE);
        TreeSet<LocalDate> days = new TreeSet<>();
        TreeSet<List<String>> pairs =
                new TreeSet<>(
                        Comparator.<List<String>, String>comparing(pair -> pair.get(0))
                                .thenComparing(pair -> pair.get(1)));
        BigDecimal monetary = BigDecimal.ZERO;
        for (Event event : bought) {
            days.add(date(event));
            // Dates of four-digit years are in order as texts.
            pairs.add(List.of(date(event).toString(), event.items().get(0)));
            double price =
                    Double.isNaN(event.amount().price())
                            ? event.facts().price()
                            : event.amount().price();
            if (!Double.isNaN(price)) {
                monetary =
                        monetary.add(
                                new BigDecimal(Double.toString(price))
                                        .multiply(new BigDecimal(event.amount().quantity()))
                                        .setScale(4, RoundingMode.HALF_UP));
            }
        }
        while (days.size() > 1000) {
            days.pollFirst();
        }
        while (pairs.size() > 1000) {
            pairs.pollFirst();
        }
        ObjectNode json = JSON.objectNode();
        json.put("total", bought.size());
        json.put("days", days.size());
        if (!bought.isEmpty()) {
            json.put("last", last(bought));
        }
        json.put("monetary", monetary.doubleValue());
        if (days.size() > 1) {
            json.put("cycle_days", cycle(days));
        }
        Map<String, TreeSet<LocalDate>> byItem = new TreeMap<>();
        pairs.forEach(
                pair ->
                        byItem.computeIfAbsent(pair.get(1), item -> new TreeSet<>())
                                .add(LocalDate.parse(pair.get(0))));
        ArrayNode repeats = json.putArray("repeat_items");
        byItem.entrySet().stream()
                .filter(e -> e.getValue().size() > 1)
                // A stable sort of what is in the order of the items.
                .sorted(Comparator.comparing(e -> -e.getValue().size()))
                .limit(100)
                .forEach(
                        e -> {
                            ObjectNode repeat = repeats.addObject();
                            repeat.put("item", e.getKey());
                            repeat.put("days", e.getValue().size());
                            repeat.put("cycle_days", cycle(e.getValue()));
                            repeat.put("last", e.getValue().last().toString());
                        });
        return json;
    }

    private static double cycle(TreeSet<LocalDate> days) {
        List<Long> gaps = new ArrayList<>();
        for (LocalDate day : days) {
            LocalDate before = days.lower(day);
            if (before != null) {
                gaps.add(ChronoUnit.DAYS.between(before, day));
            }
        }
        gaps.sort(null);
        return (gaps.get((gaps.size() - 1) / 2) + gaps.get(gaps.size() / 2)) / 2.0;
    }

    private ArrayNode recentItems(long now) {
        List<Event> latest = new ArrayList<>(where(e -> e.item().isPresent()));
        latest.sort(
                Comparator.comparing(Event::timestamp)
                        .thenComparing(e -> e.items().get(0))
                        .thenComparing(Event::type)
                        .thenComparing(this::weight));
        latest = latest.subList(Math.max(0, latest.size() - 500), latest.size());
        Map<String, List<Event>> byItem = new LinkedHashMap<>();
        latest.forEach(
                e -> byItem.computeIfAbsent(e.items().get(0), i -> new ArrayList<>()).add(e));
        List<ObjectNode> items = new ArrayList<>();
        byItem.forEach(
                (id, own) -> {
                    ObjectNode item = JSON.objectNode();
                    item.put("item", id);
                    item.put(
                            "weight",
                            own.stream().mapToDouble(e -> weight(e) * left(e, now)).sum());
                    item.put("last", last(own));
                    ObjectNode actions = item.putObject("actions");
                    own.forEach(
                            e ->
                                    actions.put(
                                            e.type().id(),
                                            actions.path(e.type().id()).asInt() + 1));
                    items.add(item);
                });
        items.sort(
                Comparator.<ObjectNode, Instant>comparing(
                                i -> Instant.parse(i.get("last").asText()))
                        .reversed()
                        .thenComparing(i -> i.get("item").asText()));
        return JSON.arrayNode().addAll(items);
    }
}
