package dev.persona.ranking.training;

import dev.persona.ranking.feature.FeatureSet;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Graded lists with the features of their items as they were when they were shown. */
public final class TrainingSet {

    /**
     * One list.
     *
     * @param time when it was shown, in milliseconds since 1970
     * @param matrix float[items * features], row-major, in the order shown
     * @param grades grade of each item, at least 0
     * @param firstPassScores first-pass score of each item; empty when unknown
     * @param firstPlace place of the first item, from 1; more on a later page
     */
    public record RankedList(
            long time, float[] matrix, int[] grades, float[] firstPassScores, int firstPlace) {}

    private final FeatureSet features;
    private final List<RankedList> lists;

    /** A set of lists over the columns of a feature set. */
    public TrainingSet(FeatureSet features, List<RankedList> lists) {
        this.features = features;
        this.lists = List.copyOf(lists);
    }

    /** What the columns are. */
    public FeatureSet features() {
        return features;
    }

    /** The lists. */
    public List<RankedList> lists() {
        return lists;
    }

    /** Number of rows over all lists. */
    public int examples() {
        return lists.stream().mapToInt(list -> list.grades().length).sum();
    }

    /**
     * Splits by time: the earlier lists to learn from, the later to judge by.
     *
     * @param earlierShare share of the lists that are the earlier ones, between 0 and 1
     */
    Split splitByTime(double earlierShare) {
        List<RankedList> ordered = new ArrayList<>(lists);
        ordered.sort(Comparator.comparingLong(RankedList::time));
        int cut = (int) Math.round(ordered.size() * earlierShare);
        return new Split(
                new TrainingSet(features, ordered.subList(0, cut)),
                new TrainingSet(features, ordered.subList(cut, ordered.size())));
    }

    /**
     * Two parts of a set.
     *
     * @param earlier to learn from
     * @param later to judge by
     */
    record Split(TrainingSet earlier, TrainingSet later) {}
}
