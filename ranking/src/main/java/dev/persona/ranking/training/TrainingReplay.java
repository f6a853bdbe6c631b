package dev.persona.ranking.training;

import dev.persona.profiling.event.Event;
import dev.persona.profiling.event.EventType;
import dev.persona.profiling.profile.Profile;
import dev.persona.profiling.profile.ProfileRules;
import dev.persona.ranking.feature.FeatureExtractor;
import dev.persona.ranking.feature.FeatureSet;
import dev.persona.ranking.feature.Hits;
import dev.persona.ranking.feature.ItemTable;
import dev.persona.ranking.feature.Viewer;
import dev.persona.ranking.signal.CrossFit;
import dev.persona.ranking.signal.ItemSignals;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * Replays the events of users, one user after the other, through {@link Profile#apply} and takes
 * down what each impression looked like at its time.
 */
public final class TrainingReplay {
    private final FeatureSet features;
    private final FeatureExtractor extractor;
    private final ProfileRules rules;
    private final ItemTable items;
    private final CrossFit.Signals signals;
    private final List<TrainingSet.RankedList> lists = new ArrayList<>();
    private long impressions;

    /**
     * A replay that has seen no event yet.
     *
     * @param features columns of the training set
     * @param rules how events become profiles
     * @param items the catalog's items
     * @param signals what users as a whole say about the items, without the user who is replayed
     */
    public TrainingReplay(
            FeatureSet features, ProfileRules rules, ItemTable items, CrossFit.Signals signals) {
        this.features = features;
        this.extractor = new FeatureExtractor(features);
        this.rules = rules;
        this.items = items;
        this.signals = signals;
    }

    /**
     * Replays one user. A list nothing was done with teaches no order and is left out, as is one of
     * an impression that comes first in a user's life: an empty profile orders nothing.
     *
     * @param events all events of the user, in any order
     */
    public void replay(List<Event> events) {
        List<Event> ordered = new ArrayList<>(events);
        // An impression comes before what followed it, also within one millisecond.
        ordered.sort(
                Comparator.comparingLong(Event::timestamp)
                        .thenComparing(event -> event.type() != EventType.IMPRESSION)
                        .thenComparing(Event::id));
        ImpressionJoin join = new ImpressionJoin(ordered);
        Profile profile = new Profile(rules);
        for (Event event : ordered) {
            if (event.type() == EventType.IMPRESSION) {
                impressions++;
                int[] grades = join.grades(event);
                if (!profile.isEmpty() && Arrays.stream(grades).anyMatch(grade -> grade > 0)) {
                    lists.add(list(event, grades, profile));
                }
            }
            profile.apply(event);
        }
    }

    private TrainingSet.RankedList list(Event impression, int[] grades, Profile profile) {
        long time = impression.timestamp();
        ItemSignals others = signals.without(impression.user());
        Hits hits = items.hits(impression.items(), impression.scores(), others.factors());
        for (int i = 0; i < hits.size(); i++) {
            others.fill(impression.items().get(i), i, hits);
        }
        Viewer viewer = new Viewer(profile, others.interest(profile, time), time);
        return new TrainingSet.RankedList(
                time,
                extractor.extract(viewer, hits),
                grades,
                impression.scores(),
                Math.max(impression.query().position(), 1));
    }

    /** How many impressions have been replayed, those left out included. */
    public long impressions() {
        return impressions;
    }

    /** What has been taken down so far. */
    public TrainingSet trainingSet() {
        return new TrainingSet(features, lists);
    }
}
