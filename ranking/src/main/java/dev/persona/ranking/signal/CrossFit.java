package dev.persona.ranking.signal;

import dev.persona.profiling.event.Event;
import dev.persona.profiling.profile.ProfileRules;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * Signals for training a ranker, such that no list is ranked with signals that its own user's
 * actions went into. Users are dealt to {@value #FOLDS} folds; the signals for one fold are made
 * from the others.
 *
 * <p>Otherwise a training list's clicks would be part of the item vectors and click rates that are
 * to predict them, the ranker would trust these far more than they deserve, and its own metrics
 * would praise it for that. (Cross-fitting, as in Chernozhukov et al. 2018.)
 */
public final class CrossFit {
    /** More folds make better signals for each and cost one factorization more. */
    static final int FOLDS = 4;

    private final List<SignalBuilder> builders = new ArrayList<>();

    /**
     * Knows of nobody yet.
     *
     * @param window says which events count, and how they fade
     * @param now time in milliseconds that weights are decayed to
     */
    public CrossFit(ProfileRules rules, TrainingWindow window, long now) {
        for (int fold = 0; fold < FOLDS; fold++) {
            builders.add(new SignalBuilder(rules, window, now));
        }
    }

    /** Adds all events of a user to the signals of all folds but the user's own. */
    public void add(List<Event> events) {
        int own = fold(events.get(0).user());
        for (int fold = 0; fold < FOLDS; fold++) {
            if (fold != own) {
                builders.get(fold).add(events);
            }
        }
    }

    /**
     * Makes the signals of all folds.
     *
     * @param make from what was gathered to signals; called once a fold
     */
    public Signals build(Function<SignalBuilder, ItemSignals> make) {
        return new Signals(builders.stream().map(make).toList());
    }

    private static int fold(String user) {
        return Math.floorMod(user.hashCode() * 0x9E3779B9, FOLDS);
    }

    /** The signals of each fold. */
    public static final class Signals {
        /** Nothing has been learned from the users yet. */
        public static final Signals NONE = new Signals(List.of());

        private final List<ItemSignals> folds;

        private Signals(List<ItemSignals> folds) {
            this.folds = folds;
        }

        /** Signals that this user had no part in. */
        public ItemSignals without(String user) {
            return folds.isEmpty() ? ItemSignals.NONE : folds.get(fold(user));
        }
    }
}
