package dev.persona.bench.recount;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.persona.client.ElasticsearchClient;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeSet;

/** The part {@code purchases} of a profile, counted from a user's purchases. */
final class PurchaseRecount {

    private static final int DAYS = 1000;
    private static final int BOUGHT = 1000;
    private static final int SHOWN = 100;
    private static final int DECIMALS = 4;

    /** An item bought on a day, however often. */
    private record Bought(long day, String item) {}

    private PurchaseRecount() {}

    static ObjectNode of(RecountRules rules, List<CountedEvent> purchases) {
        ObjectNode part = ElasticsearchClient.JSON.createObjectNode();
        part.put("total", purchases.size());
        TreeSet<Long> days = new TreeSet<>();
        purchases.forEach(purchase -> days.add(rules.day(purchase.time())));
        while (days.size() > DAYS) {
            days.pollFirst();
        }
        part.put("days", days.size());
        purchases.stream()
                .mapToLong(CountedEvent::time)
                .max()
                .ifPresent(last -> part.put("last", ProfileRecount.iso(last)));
        part.put(
                "monetary",
                purchases.stream()
                        .map(PurchaseRecount::amount)
                        .reduce(BigDecimal.ZERO, BigDecimal::add));
        cycle(days).ifPresent(cycle -> part.put("cycle_days", cycle));
        part.set("repeat_items", repeatItems(rules, purchases));
        return part;
    }

    private static BigDecimal amount(CountedEvent purchase) {
        double price = purchase.price().orElse(purchase.facts().price().orElse(0));
        return BigDecimal.valueOf(price)
                .multiply(BigDecimal.valueOf(purchase.quantity()))
                .setScale(DECIMALS, RoundingMode.HALF_UP);
    }

    /** Median of the gaps between days that follow each other; empty for fewer than two days. */
    private static OptionalDouble cycle(TreeSet<Long> days) {
        Long[] sorted = days.toArray(Long[]::new);
        if (sorted.length < 2) {
            return OptionalDouble.empty();
        }
        long[] gaps = new long[sorted.length - 1];
        for (int i = 0; i < gaps.length; i++) {
            gaps[i] = sorted[i + 1] - sorted[i];
        }
        Arrays.sort(gaps);
        int middle = gaps.length / 2;
        return OptionalDouble.of(
                gaps.length % 2 == 1 ? gaps[middle] : (gaps[middle - 1] + gaps[middle]) / 2.0);
    }

    private static ArrayNode repeatItems(RecountRules rules, List<CountedEvent> purchases) {
        List<Bought> latest =
                purchases.stream()
                        .map(p -> new Bought(rules.day(p.time()), p.item().orElseThrow()))
                        .distinct()
                        .sorted(
                                Comparator.comparingLong(Bought::day)
                                        .thenComparing(Bought::item)
                                        .reversed())
                        .limit(BOUGHT)
                        .toList();
        Map<String, TreeSet<Long>> days = new HashMap<>();
        latest.forEach(b -> days.computeIfAbsent(b.item(), i -> new TreeSet<>()).add(b.day()));
        days.values().removeIf(some -> some.size() < 2);
        ArrayNode items = ElasticsearchClient.JSON.createArrayNode();
        days.entrySet().stream()
                .sorted(
                        Comparator.<Map.Entry<String, TreeSet<Long>>>comparingInt(
                                        e -> -e.getValue().size())
                                .thenComparing(Map.Entry::getKey))
                .limit(SHOWN)
                .forEach(
                        e -> {
                            ObjectNode item = items.addObject().put("item", e.getKey());
                            item.put("days", e.getValue().size());
                            item.put("cycle_days", cycle(e.getValue()).orElseThrow());
                            item.put("last", LocalDate.ofEpochDay(e.getValue().last()).toString());
                        });
        return items;
    }
}
