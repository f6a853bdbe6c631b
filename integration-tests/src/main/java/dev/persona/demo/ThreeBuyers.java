package dev.persona.demo;

import dev.persona.demo.retail.RetailCatalog;
import dev.persona.demo.retail.RetailLine;
import dev.persona.demo.retail.RetailProduct;
import dev.persona.demo.retail.RetailSplit.Invoice;
import dev.persona.demo.retail.TitleWords;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Picks a query and three customers to look at: the most common family, and the customers who
 * bought most of it, each with another motif they buy most.
 *
 * @param query a family
 * @param customers up to three
 */
record ThreeBuyers(String query, List<String> customers) {

    private static final int COUNT = 3;

    static ThreeBuyers of(List<Invoice> invoices, RetailCatalog catalog) {
        Map<String, Integer> families = new HashMap<>();
        for (RetailProduct product : catalog.products()) {
            families.merge(product.category(), 1, Integer::sum);
        }
        families.remove(TitleWords.NONE);
        String query = most(families);
        Map<String, Integer> boughtOfIt = new HashMap<>();
        Map<String, Map<String, Integer>> motifs = new HashMap<>();
        for (Invoice invoice : invoices) {
            for (RetailLine line : invoice.lines()) {
                String customer = line.customer().orElseThrow();
                RetailProduct product = catalog.product(line.code());
                if (product.category().equals(query)) {
                    boughtOfIt.merge(customer, 1, Integer::sum);
                }
                if (!product.motif().equals(TitleWords.NONE)) {
                    motifs.computeIfAbsent(customer, c -> new HashMap<>())
                            .merge(product.motif(), 1, Integer::sum);
                }
            }
        }
        List<String> customers = new ArrayList<>(boughtOfIt.keySet());
        customers.retainAll(motifs.keySet());
        customers.sort(
                Comparator.comparing((String customer) -> -boughtOfIt.get(customer))
                        .thenComparing(Comparator.naturalOrder()));
        Set<String> favourites = new HashSet<>();
        return new ThreeBuyers(
                query,
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
