package dev.persona.evaluate.recommend;

import dev.persona.demo.progress.Progress;
import dev.persona.evaluate.history.Candidates;
import dev.persona.evaluate.history.Split;
import dev.persona.profiling.factorization.FactorModel;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * Chooses the parameters of the factors on a split of its own, earlier than the one that is
 * reported, so that nothing is fitted to what is reported.
 */
final class FactorGrid {

    private static final double[] ALPHAS = {1, 3, 10};
    private static final double[] REGULARIZATIONS = {3, 10, 30, 100};

    /**
     * One choice and how good plain factors are with it.
     *
     * @param quality among all items and among new ones
     */
    record Point(FactorChoice choice, Map<Candidates, Quality> quality) {

        /** What is chosen by: NDCG@10 among all items plus that among new ones. */
        double sum() {
            return quality.get(Candidates.ALL).ndcg() + quality.get(Candidates.NEW).ndcg();
        }
    }

    private final List<Integer> halfLives;

    /**
     * @param halfLives that are tried, in days, at least one
     */
    FactorGrid(List<Integer> halfLives) {
        this.halfLives = List.copyOf(halfLives);
    }

    /** Everything that is tried. */
    List<FactorChoice> choices() {
        List<FactorChoice> choices = new ArrayList<>();
        for (int halfLife : halfLives) {
            for (double alpha : ALPHAS) {
                for (double regularization : REGULARIZATIONS) {
                    choices.add(new FactorChoice(alpha, regularization, halfLife));
                }
            }
        }
        return choices;
    }

    /** Judges each choice on a split. */
    List<Point> judge(
            Split split, EventWeights weights, Factorizer factorizer, Progress.Step step) {
        Judge judge = new Judge(split, 2);
        List<Point> points = new ArrayList<>();
        for (FactorChoice choice : choices()) {
            FactorModel model =
                    factorizer.factorize(
                            choice.interactions(split.before(), weights, split.cut()),
                            choice.parameters());
            points.add(new Point(choice, judge.of(new PlainFactors(split.before(), model))));
            step.advance(1);
        }
        return points;
    }

    /** The best of them; of equal ones the first. */
    static Point best(List<Point> points) {
        return points.stream()
                .reduce((a, b) -> Comparator.comparingDouble(Point::sum).compare(b, a) > 0 ? b : a)
                .orElseThrow();
    }
}
