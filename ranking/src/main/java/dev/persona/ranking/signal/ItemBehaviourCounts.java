package dev.persona.ranking.signal;

import dev.persona.profiling.event.Event;
import dev.persona.profiling.event.EventType;
import dev.persona.profiling.profile.ProfileRules;

import java.util.HashMap;
import java.util.Map;

/**
 * Counts what users did with items.
 *
 * <p>The click rate is clicks over expected clicks (Zhang and Jones, Comparing Click Logs and
 * Editorial Labels for Training Query Rewriting, WWW 2007): an item is expected to be clicked as
 * often as items are on average in the places where it was shown, so that standing high in the list
 * is no merit.
 */
final class ItemBehaviourCounts {
    /** Places grow coarser towards the end of a list: half an octave each. */
    private static final int PLACES = 24;

    /** How many expected clicks the assumption of an average item is worth. */
    private static final double SMOOTHING = 3;

    private final ProfileRules rules;
    private final long now;
    private final Map<String, Counts> items = new HashMap<>();
    private final long[] shown = new long[PLACES];
    private final long[] clicked = new long[PLACES];

    private static final class Counts {
        private double weight;
        private long clicks;
        private final int[] shown = new int[PLACES];
    }

    /**
     * Counts nothing yet.
     *
     * @param now time in milliseconds that weights are decayed to
     */
    ItemBehaviourCounts(ProfileRules rules, long now) {
        this.rules = rules;
        this.now = now;
    }

    void add(Event event) {
        if (event.type() == EventType.IMPRESSION) {
            int first = Math.max(event.query().position(), 1);
            for (int i = 0; i < event.items().size(); i++) {
                int place = place(first + i);
                shown[place]++;
                of(event.items().get(i)).shown[place]++;
            }
            return;
        }
        event.item().ifPresent(item -> add(event, of(item)));
    }

    private void add(Event event, Counts counts) {
        counts.weight += rules.weight(event) * rules.decay().between(event.timestamp(), now);
        int position = event.query().position();
        if (event.type() == EventType.CLICK && position > 0) {
            clicked[place(position)]++;
            counts.clicks++;
        }
    }

    private Counts of(String item) {
        return items.computeIfAbsent(item, id -> new Counts());
    }

    private static int place(int position) {
        return Math.min((int) (2 * Math.log(position) / Math.log(2)), PLACES - 1);
    }

    ItemBehaviour build(DemandCounts demand) {
        Map<String, ItemBehaviour.Numbers> numbers = new HashMap<>();
        items.forEach((item, counts) -> numbers.put(item, numbers(counts, demand.of(item))));
        return new ItemBehaviour(numbers);
    }

    private ItemBehaviour.Numbers numbers(Counts counts, Demand demand) {
        double expected = 0;
        for (int place = 0; place < PLACES; place++) {
            if (shown[place] > 0) {
                expected += counts.shown[place] * ((double) clicked[place] / shown[place]);
            }
        }
        return new ItemBehaviour.Numbers(
                (float) Math.log1p(Math.max(counts.weight, 0)),
                (float) ((counts.clicks + SMOOTHING) / (expected + SMOOTHING)),
                demand);
    }
}
