package dev.persona.demo.retail;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The products that some invoice lines tell of, whoever bought them. */
public final class RetailCatalog {

    private final Map<String, RetailProduct> byCode = new TreeMap<>();
    private final TitleWords words;

    /**
     * @param lines all that may be known: none from after the cut
     */
    public RetailCatalog(List<RetailLine> lines) {
        Map<String, List<RetailLine>> linesByCode = new TreeMap<>();
        for (RetailLine line : lines) {
            linesByCode.computeIfAbsent(line.code(), code -> new ArrayList<>()).add(line);
        }
        Map<String, String> titles = new TreeMap<>();
        linesByCode.forEach((code, sold) -> titles.put(code, title(sold)));
        // A product that no line describes cannot be searched for.
        titles.values().removeIf(String::isEmpty);
        words = new TitleWords(titles.values());
        titles.forEach(
                (code, title) -> {
                    List<RetailLine> sold = linesByCode.get(code);
                    byCode.put(
                            code,
                            new RetailProduct(
                                    code,
                                    title,
                                    medianPrice(sold),
                                    firstSold(sold),
                                    words.family(title),
                                    words.motif(title)));
                });
    }

    private static String title(List<RetailLine> sold) {
        Map<String, Integer> counts = new HashMap<>();
        for (RetailLine line : sold) {
            if (!line.description().isEmpty()) {
                counts.merge(line.description(), 1, Integer::sum);
            }
        }
        return counts.entrySet().stream()
                .max(
                        // The text decides between equal counts, so that runs agree.
                        Map.Entry.<String, Integer>comparingByValue()
                                .thenComparing(Map.Entry.comparingByKey()))
                .map(Map.Entry::getKey)
                .orElse("");
    }

    private static double medianPrice(List<RetailLine> sold) {
        List<Double> prices = new ArrayList<>();
        sold.forEach(line -> prices.add(line.price()));
        Collections.sort(prices);
        int middle = prices.size() / 2;
        return prices.size() % 2 == 1
                ? prices.get(middle)
                : (prices.get(middle - 1) + prices.get(middle)) / 2;
    }

    private static Instant firstSold(List<RetailLine> sold) {
        return sold.stream().map(RetailLine::at).min(Comparator.naturalOrder()).orElseThrow();
    }

    /** Every product, by code. */
    public List<RetailProduct> products() {
        return List.copyOf(byCode.values());
    }

    /** Whether there is a product of this code. */
    public boolean has(String code) {
        return byCode.containsKey(code);
    }

    /**
     * The product of a code.
     *
     * @throws IllegalArgumentException when there is none
     */
    public RetailProduct product(String code) {
        RetailProduct product = byCode.get(code);
        if (product == null) {
            throw new IllegalArgumentException("no product [" + code + "] in the catalog");
        }
        return product;
    }

    TitleWords words() {
        return words;
    }
}
