package dev.persona.ranking.signal;

import dev.persona.profiling.event.Event;
import dev.persona.profiling.event.EventType;
import dev.persona.profiling.factorization.Interactions;
import dev.persona.profiling.factorization.InteractionsBuilder;
import dev.persona.profiling.profile.LocalCalendar;
import dev.persona.profiling.profile.ProfileRules;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Gathers, one user after the other, what item vectors and item behaviour are made from. */
public final class SignalBuilder {
    private final ProfileRules rules;
    private final long now;
    private final InteractionsBuilder interactions = Interactions.builder();
    private final ItemBehaviourCounts behaviour;
    private final DemandCounts demand;
    private final LocalCalendar calendar;

    /**
     * Knows of nobody yet.
     *
     * @param now time in milliseconds that weights are decayed to
     */
    public SignalBuilder(ProfileRules rules, long now) {
        this.rules = rules;
        this.now = now;
        this.behaviour = new ItemBehaviourCounts(rules, now);
        this.demand = new DemandCounts(now);
        this.calendar = new LocalCalendar(rules.zone());
    }

    /**
     * Adds a user. The user's interaction with an item is the sum of the decayed weights of the
     * events about it; where that is not above 0 there is none.
     *
     * @param events all events of the user, in any order
     */
    public void add(List<Event> events) {
        Map<String, Double> sums = new HashMap<>();
        for (Event event : events) {
            behaviour.add(event);
            double weight = rules.weight(event);
            if (weight != 0 && event.item().isPresent()) {
                sums.merge(
                        event.item().get(),
                        weight * rules.decay().between(event.timestamp(), now),
                        Double::sum);
            }
        }
        taken(events);
        sums.forEach(
                (item, weight) -> {
                    // What a float cannot tell from 0 is no interaction either.
                    if ((float) weight.doubleValue() > 0) {
                        interactions.add(events.get(0).user(), item, weight);
                    }
                });
    }

    /** What one user has done with one item. */
    private static final class Taken {
        private double weight;
        private long last = Long.MIN_VALUE;
        private final Set<Integer> daysBought = new HashSet<>();
    }

    private void taken(List<Event> events) {
        Map<String, Taken> items = new HashMap<>();
        for (Event event : events) {
            double weight = rules.weight(event);
            if (weight > 0 && event.item().isPresent()) {
                Taken taken = items.computeIfAbsent(event.item().get(), id -> new Taken());
                taken.weight = Math.max(taken.weight, weight);
                taken.last = Math.max(taken.last, event.timestamp());
                if (event.type() == EventType.PURCHASE) {
                    taken.daysBought.add(calendar.day(event.timestamp()));
                }
            }
        }
        items.forEach(
                (item, taken) ->
                        demand.add(
                                item,
                                taken.weight / rules.heaviest(),
                                taken.last,
                                taken.daysBought.size()));
    }

    /** What there is to factorize. */
    public Interactions interactions() {
        return interactions.build();
    }

    /** Behaviour towards the items. */
    public ItemBehaviour behaviour() {
        return behaviour.build(demand);
    }
}
