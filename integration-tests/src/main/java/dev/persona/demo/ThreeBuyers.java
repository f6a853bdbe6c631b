package dev.persona.demo;

import dev.persona.demo.retail.RetailCatalog;
import dev.persona.demo.retail.RetailLine;
import dev.persona.demo.retail.RetailProduct;
import dev.persona.demo.retail.RetailSplit.Invoice;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Picks a query and three customers to look at: the family that is bought most, and the customers
 * who bought most, wholesalers apart, each with another motif they buy most.
 *
 * @param query a family
 * @param customers up to three
 */
record ThreeBuyers(String query, List<String> customers) {

    private static final int COUNT = 3;

    /** More lines than this are a wholesaler, who buys some of everything. */
    private static final int MOST_LINES = 500;

    static ThreeBuyers of(List<Invoice> invoices, RetailCatalog catalog) {
        Map<String, Integer> families = new HashMap<>();
        Map<String, Integer> lines = new HashMap<>();
        Map<String, Map<String, Integer>> motifs = new HashMap<>();
        for (Invoice invoice : invoices) {
            for (RetailLine line : invoice.lines()) {
                RetailProduct product = catalog.product(line.code());
                String customer = line.customer().orElseThrow();
                lines.merge(customer, 1, Integer::sum);
                product.category().ifPresent(family -> families.merge(family, 1, Integer::sum));
                product.motif()
                        .ifPresent(
                                motif ->
                                        motifs.computeIfAbsent(customer, c -> new HashMap<>())
                                                .merge(motif, 1, Integer::sum));
            }
        }
        List<String> customers = new ArrayList<>(motifs.keySet());
        customers.removeIf(customer -> lines.get(customer) > MOST_LINES);
        customers.sort(
                Comparator.comparing((String customer) -> -lines.get(customer))
                        .thenComparing(Comparator.naturalOrder()));
        Set<String> favourites = new HashSet<>();
        return new ThreeBuyers(
                most(families),
                customers.stream()
                        .filter(customer -> favourites.add(most(motifs.get(customer))))
                        .limit(COUNT)
                        .toList());
    }

    private static String most(Map<String, Integer> counts) {
        return counts.entrySet().stream()
                .max(
                        Map.Entry.<String, Integer>comparingByValue()
                                .thenComparing(Map.Entry.comparingByKey()))
                .map(Map.Entry::getKey)
                .orElseThrow();
    }
}
