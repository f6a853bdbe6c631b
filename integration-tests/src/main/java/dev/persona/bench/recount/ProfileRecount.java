package dev.persona.bench.recount;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.persona.client.ElasticsearchClient;

import java.time.Instant;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The profile that a user's events should give, in the form in which GET shows it: one plain loop
 * for each field, over all events, as its definition reads. It has all values of an attribute and
 * all categories, of which GET shows the largest: of equal ones a loop cannot tell which.
 */
public final class ProfileRecount {

    private static final int[] WINDOWS = {1, 7, 30, 90};
    private static final int CHANNELS = 50;
    private static final int RECENT_EVENTS = 500;

    private final RecountRules rules;
    private final List<CountedEvent> events;
    private final long now;

    private ProfileRecount(RecountRules rules, List<CountedEvent> events, long now) {
        this.rules = rules;
        this.events = events;
        this.now = now;
    }

    /**
     * Counts.
     *
     * @param events all events of one user, each once, in any order; at least one
     * @param now time in milliseconds that decayed numbers and days are given for
     */
    public static ObjectNode of(RecountRules rules, List<CountedEvent> events, long now) {
        ObjectNode profile = ElasticsearchClient.JSON.createObjectNode();
        new ProfileRecount(rules, events, now).count(profile);
        return profile;
    }

    private void count(ObjectNode profile) {
        long first = events.stream().mapToLong(CountedEvent::time).min().orElseThrow();
        profile.put("first_seen", Instant.ofEpochMilli(first).toString());
        profile.put("last_seen", iso(latest(events)));
        profile.set("events", byType());
        profile.set("affinities", affinities());
        price(pricedEvents()).ifPresent(price -> profile.set("price", withCategories(price)));
        List<CountedEvent> purchases =
                events.stream().filter(event -> event.type().equals("purchase")).toList();
        profile.set("purchases", PurchaseRecount.of(rules, purchases));
        active(profile);
        profile.set("channels", channels());
        profile.put(
                "sessions",
                events.stream().flatMap(event -> event.session().stream()).distinct().count());
        profile.set("recent_items", recentItems());
    }

    private static long latest(List<CountedEvent> some) {
        return some.stream().mapToLong(CountedEvent::time).max().orElseThrow();
    }

    static String iso(long time) {
        return Instant.ofEpochMilli(time).toString();
    }

    private ObjectNode byType() {
        ObjectNode counts = ElasticsearchClient.JSON.createObjectNode();
        long today = rules.day(now);
        for (String type : new TreeSet<>(events.stream().map(CountedEvent::type).toList())) {
            List<CountedEvent> some = events.stream().filter(e -> e.type().equals(type)).toList();
            ObjectNode count = counts.putObject(type);
            count.put("total", some.size());
            for (int window : WINDOWS) {
                count.put(
                        "days_" + window,
                        some.stream()
                                .mapToLong(event -> rules.day(event.time()))
                                .filter(day -> day > today - window && day <= today)
                                .count());
            }
            count.put("decayed", some.stream().mapToDouble(e -> rules.decay(e.time(), now)).sum());
            count.put("last", iso(latest(some)));
        }
        return counts;
    }

    private double decayedWeight(CountedEvent event) {
        return rules.weight(event) * rules.decay(event.time(), now);
    }

    private ObjectNode affinities() {
        Map<String, Map<String, Double>> sums = new TreeMap<>();
        for (CountedEvent event : events) {
            double weight = decayedWeight(event);
            if (weight != 0) {
                event.facts()
                        .attributes()
                        .forEach(
                                (name, values) ->
                                        values.forEach(
                                                value ->
                                                        sums.computeIfAbsent(
                                                                        name, n -> new TreeMap<>())
                                                                .merge(
                                                                        value,
                                                                        weight,
                                                                        Double::sum)));
            }
        }
        ObjectNode affinities = ElasticsearchClient.JSON.createObjectNode();
        sums.forEach(
                (name, values) -> {
                    ObjectNode shown = affinities.putObject(name);
                    values.forEach(shown::put);
                });
        return affinities;
    }

    private List<CountedEvent> pricedEvents() {
        return events.stream()
                .filter(event -> rules.weight(event) > 0 && event.facts().price().isPresent())
                .toList();
    }

    /** Geometric mean and standard deviation, each event by its decayed weight. */
    private Optional<ObjectNode> price(List<CountedEvent> priced) {
        double weight = priced.stream().mapToDouble(this::decayedWeight).sum();
        if (priced.isEmpty() || weight == 0) {
            return Optional.empty();
        }
        double mean = 0;
        for (CountedEvent event : priced) {
            mean += decayedWeight(event) / weight * logPrice(event);
        }
        double variance = 0;
        for (CountedEvent event : priced) {
            variance += decayedWeight(event) / weight * Math.pow(logPrice(event) - mean, 2);
        }
        ObjectNode price = ElasticsearchClient.JSON.createObjectNode();
        price.put("mean", Math.exp(mean)).put("spread", Math.exp(Math.sqrt(variance)));
        return Optional.of(price.put("weight", weight));
    }

    private static double logPrice(CountedEvent event) {
        return Math.log(event.facts().price().getAsDouble());
    }

    private ObjectNode withCategories(ObjectNode price) {
        if (rules.category().isEmpty()) {
            return price;
        }
        Map<String, List<CountedEvent>> byCategory = new TreeMap<>();
        for (CountedEvent event : pricedEvents()) {
            for (String category :
                    event.facts().attributes().getOrDefault(rules.category().get(), List.of())) {
                byCategory.computeIfAbsent(category, c -> new ArrayList<>()).add(event);
            }
        }
        ObjectNode shown = price.putObject("by_category");
        byCategory.forEach((category, some) -> price(some).ifPresent(p -> shown.set(category, p)));
        return price;
    }

    private void active(ObjectNode profile) {
        long[] hours = new long[24];
        long[] weekdays = new long[7];
        for (CountedEvent event : events) {
            if (event.type().equals("impression") == false) {
                ZonedDateTime local = Instant.ofEpochMilli(event.time()).atZone(rules.zone());
                hours[local.getHour()]++;
                weekdays[local.getDayOfWeek().getValue() - 1]++;
            }
        }
        profile.set("active_hours", ElasticsearchClient.JSON.valueToTree(hours));
        profile.set("active_weekdays", ElasticsearchClient.JSON.valueToTree(weekdays));
    }

    private ObjectNode channels() {
        Map<String, Long> counts =
                events.stream()
                        .flatMap(event -> event.channel().stream())
                        .collect(
                                Collectors.groupingBy(
                                        channel -> channel, TreeMap::new, Collectors.counting()));
        ObjectNode channels = ElasticsearchClient.JSON.createObjectNode();
        counts.entrySet().stream()
                .limit(CHANNELS)
                .forEach(e -> channels.put(e.getKey(), e.getValue()));
        return channels;
    }

    private ArrayNode recentItems() {
        List<CountedEvent> latest =
                events.stream()
                        .filter(event -> event.item().isPresent())
                        .sorted(
                                Comparator.comparingLong(CountedEvent::time)
                                        .thenComparing(event -> event.item().orElseThrow())
                                        .thenComparing(CountedEvent::type)
                                        .reversed())
                        .limit(RECENT_EVENTS)
                        .toList();
        Map<String, List<CountedEvent>> byItem = new HashMap<>();
        for (CountedEvent event : latest) {
            byItem.computeIfAbsent(event.item().orElseThrow(), item -> new ArrayList<>())
                    .add(event);
        }
        ArrayNode items = ElasticsearchClient.JSON.createArrayNode();
        byItem.entrySet().stream()
                .sorted(
                        Comparator.<Map.Entry<String, List<CountedEvent>>>comparingLong(
                                        e -> -latest(e.getValue()))
                                .thenComparing(Map.Entry::getKey))
                .forEach(
                        e -> {
                            ObjectNode item = items.addObject().put("item", e.getKey());
                            item.put(
                                    "weight",
                                    e.getValue().stream().mapToDouble(this::decayedWeight).sum());
                            item.put("last", iso(latest(e.getValue())));
                            ObjectNode actions = item.putObject("actions");
                            e.getValue().stream()
                                    .collect(
                                            Collectors.groupingBy(
                                                    CountedEvent::type,
                                                    TreeMap::new,
                                                    Collectors.counting()))
                                    .forEach(actions::put);
                        });
        return items;
    }
}
