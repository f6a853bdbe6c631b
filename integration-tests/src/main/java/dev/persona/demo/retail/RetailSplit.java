package dev.persona.demo.retail;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/**
 * Divides the lines at a day: before it is what may be known, from it on what is to be foretold.
 * Before the cut, a last slice of invoices also gets made queries, to train the ranking model with.
 */
public final class RetailSplit {

    private static final Duration SLICE = Duration.ofDays(45);
    private static final int QUERIES_AN_INVOICE = 2;

    private final List<RetailLine> known = new ArrayList<>();
    private final Map<String, List<RetailLine>> later = new LinkedHashMap<>();
    private final Map<String, Map<String, Integer>> boughtBefore = new HashMap<>();
    private final Map<String, Set<String>> boughtLater = new HashMap<>();
    private final Instant cut;
    private final long seed;

    /**
     * @param cut the first moment that is held out
     * @param seed of the made queries
     */
    public RetailSplit(List<RetailLine> lines, Instant cut, long seed) {
        this.cut = cut;
        this.seed = seed;
        for (RetailLine line : lines) {
            boolean before = line.at().isBefore(cut);
            if (before) {
                known.add(line);
            }
            line.customer().ifPresent(customer -> add(customer, line, before));
        }
    }

    private void add(String customer, RetailLine line, boolean before) {
        if (before) {
            boughtBefore
                    .computeIfAbsent(customer, c -> new HashMap<>())
                    .merge(line.code(), 1, Integer::sum);
        } else {
            boughtLater.computeIfAbsent(customer, c -> new HashSet<>()).add(line.code());
            later.computeIfAbsent(line.invoice(), i -> new ArrayList<>()).add(line);
        }
    }

    /** Every line before the cut, also of unknown customers. */
    public List<RetailLine> known() {
        return known;
    }

    /** How many lines a customer bought of each product before the cut; empty when none. */
    public Map<String, Integer> boughtBefore(String customer) {
        return boughtBefore.getOrDefault(customer, Map.of());
    }

    /** What a customer bought from the cut on; empty when nothing. */
    public Set<String> boughtLater(String customer) {
        return boughtLater.getOrDefault(customer, Set.of());
    }

    /** One invoice before the cut with what its buyer might have searched for. */
    public record Invoice(String number, List<RetailLine> lines, List<String> queries) {}

    /**
     * Invoices of known customers before the cut, in the order of the file. Those of the slice have
     * up to two made queries, the others none. Lines whose product is not in the catalog are left
     * out.
     */
    public List<Invoice> invoices(RetailCatalog catalog) {
        MadeQueries made = new MadeQueries(catalog);
        Map<String, List<RetailLine>> byNumber = new LinkedHashMap<>();
        for (RetailLine line : known) {
            if (line.customer().isPresent() && catalog.has(line.code())) {
                byNumber.computeIfAbsent(line.invoice(), i -> new ArrayList<>()).add(line);
            }
        }
        Instant slice = cut.minus(SLICE);
        List<Invoice> invoices = new ArrayList<>();
        byNumber.forEach(
                (number, lines) -> {
                    List<String> queries =
                            lines.getFirst().at().isBefore(slice)
                                    ? List.of()
                                    : queries(made, number, lines);
                    invoices.add(new Invoice(number, lines, queries));
                });
        return invoices;
    }

    private List<String> queries(MadeQueries made, String number, List<RetailLine> lines) {
        Random random = new Random(seed * 31 + number.hashCode());
        Set<String> queries = new LinkedHashSet<>();
        for (int i = 0; i < QUERIES_AN_INVOICE; i++) {
            made.query(any(lines, random).code(), random).ifPresent(queries::add);
        }
        return List.copyOf(queries);
    }

    /** A search to measure on. */
    public record HeldOut(String customer, String query) {}

    /**
     * One made query for each invoice from the cut on whose buyer was known before it.
     *
     * @param most how many at most; a random choice when there are more
     */
    public List<HeldOut> heldOut(RetailCatalog catalog, int most) {
        MadeQueries made = new MadeQueries(catalog);
        List<HeldOut> all = new ArrayList<>();
        later.forEach(
                (number, lines) -> {
                    String customer = lines.getFirst().customer().orElseThrow();
                    if (boughtBefore.containsKey(customer)) {
                        Random random = new Random(seed * 31 + number.hashCode());
                        Optional<String> query = made.query(any(lines, random).code(), random);
                        query.ifPresent(text -> all.add(new HeldOut(customer, text)));
                    }
                });
        Collections.shuffle(all, new Random(seed));
        return all.subList(0, Math.min(most, all.size()));
    }

    private static RetailLine any(List<RetailLine> lines, Random random) {
        return lines.get(random.nextInt(lines.size()));
    }
}
