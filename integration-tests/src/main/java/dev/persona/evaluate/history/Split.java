package dev.persona.evaluate.history;

import dev.persona.profiling.factorization.IdIndex;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Events divided at a cut: before it is what may be known, from it on what is to be foretold.
 *
 * <p>Relevant for a user who was known before is what the user bought from the cut on, as far as
 * the item was known before, too. Users for whom that is nothing are not measured.
 */
public final class Split {

    private final History before;
    private final Instant cut;
    private final Map<String, Set<String>> relevant = new TreeMap<>();
    private final Map<String, Set<String>> relevantNew = new TreeMap<>();

    private Split(History before, Instant cut) {
        this.before = before;
        this.cut = cut;
    }

    /**
     * Divides.
     *
     * @param cut the first moment that is to be foretold
     * @param end the first moment that is no longer looked at
     */
    public static Split at(List<LoggedEvent> events, Instant cut, Instant end) {
        List<LoggedEvent> known = events.stream().filter(e -> e.at().isBefore(cut)).toList();
        Split split = new Split(new History(known), cut);
        for (LoggedEvent event : events) {
            if (event.isPurchase() && !event.at().isBefore(cut) && event.at().isBefore(end)) {
                split.foretell(event);
            }
        }
        return split;
    }

    private void foretell(LoggedEvent event) {
        int user = before.users().indexOf(event.user());
        int item = before.items().indexOf(event.item());
        if (user == IdIndex.ABSENT || item == IdIndex.ABSENT) {
            return;
        }
        relevant.computeIfAbsent(event.user(), u -> new TreeSet<>()).add(event.item());
        if (Arrays.binarySearch(before.boughtBy(user), item) < 0) {
            relevantNew.computeIfAbsent(event.user(), u -> new TreeSet<>()).add(event.item());
        }
    }

    /** What may be known. */
    public History before() {
        return before;
    }

    /** Where it is divided. */
    public Instant cut() {
        return cut;
    }

    /** The users that are measured, in the order of their ids. */
    public List<String> users(Candidates candidates) {
        return new ArrayList<>(among(candidates).keySet());
    }

    /** What is relevant for a user who is measured. */
    public Set<String> relevant(String user, Candidates candidates) {
        return among(candidates).get(user);
    }

    private Map<String, Set<String>> among(Candidates candidates) {
        return candidates == Candidates.ALL ? relevant : relevantNew;
    }
}
