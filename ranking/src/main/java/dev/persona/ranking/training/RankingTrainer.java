package dev.persona.ranking.training;

import dev.persona.ranking.metric.Ndcg;
import dev.persona.ranking.model.InvalidModelException;
import dev.persona.ranking.model.LightGbm;
import dev.persona.ranking.model.RankingModel;

import io.github.metarank.lightgbm4j.LGBMBooster;
import io.github.metarank.lightgbm4j.LGBMDataset;
import io.github.metarank.lightgbm4j.LGBMException;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;

/**
 * Trains a ranking model on the earlier lists of a training set and judges it by the later ones.
 */
public final class RankingTrainer {
    /** Below this there is nothing to learn and nothing to judge by. */
    static final int LEAST_LISTS = 20;

    private static final double EARLIER_SHARE = 0.8;

    private static final int JUDGED_PLACES = 10;

    private final RankingParameters parameters;
    private final int threads;

    /**
     * A trainer.
     *
     * @param threads how many threads LightGBM may use, at least 1
     */
    public RankingTrainer(RankingParameters parameters, int threads) {
        this.parameters = parameters;
        this.threads = threads;
    }

    /**
     * Trains.
     *
     * @param cancelled asked after each tree
     * @throws dev.persona.ranking.model.LightGbmUnavailableException when LightGBM does not work
     *     here
     * @throws InsufficientDataException when there are too few lists
     * @throws CancellationException when cancelled
     */
    public TrainedModel train(TrainingSet data, BooleanSupplier cancelled) {
        LightGbm.require();
        if (data.lists().size() < LEAST_LISTS) {
            throw new InsufficientDataException(
                    "training needs at least "
                            + LEAST_LISTS
                            + " impressions with a click, cart or purchase that names their"
                            + " [query_id], found "
                            + data.lists().size());
        }
        TrainingSet.Split split = data.splitByTime(EARLIER_SHARE);
        try {
            Forest forest = boost(split.earlier(), cancelled);
            return new TrainedModel(
                    forest.text(),
                    data.features(),
                    forest.trees(),
                    judge(RankingModel.load(forest.text(), data.features()), split.later()));
        } catch (LGBMException e) {
            throw new InvalidModelException("LightGBM cannot train", e);
        }
    }

    private record Forest(String text, int trees) {}

    private Forest boost(TrainingSet set, BooleanSupplier cancelled) throws LGBMException {
        String settings = parameters.forLightGbm(threads);
        try (LGBMDataset learn = dataset(set, settings);
                LGBMBooster booster = LGBMBooster.create(learn, settings)) {
            int trees = 0;
            boolean finished = false;
            while (trees < parameters.trees() && !finished) {
                if (cancelled.getAsBoolean()) {
                    throw new CancellationException("training was cancelled");
                }
                finished = booster.updateOneIter();
                trees++;
            }
            String text =
                    booster.saveModelToString(0, trees, LGBMBooster.FeatureImportanceType.GAIN);
            // The round that finds no split any more counts, but adds no tree.
            return new Forest(text, (int) text.lines().filter(l -> l.startsWith("Tree=")).count());
        }
    }

    private static LGBMDataset dataset(TrainingSet set, String settings) throws LGBMException {
        int rows = set.examples();
        int columns = set.features().size();
        float[] matrix = new float[Math.multiplyExact(rows, columns)];
        float[] labels = new float[rows];
        int[] positions = new int[rows];
        int[] groups = new int[set.lists().size()];
        int row = 0;
        for (int g = 0; g < groups.length; g++) {
            TrainingSet.RankedList list = set.lists().get(g);
            groups[g] = list.grades().length;
            System.arraycopy(list.matrix(), 0, matrix, row * columns, list.matrix().length);
            for (int place = 0; place < groups[g]; place++) {
                labels[row] = list.grades()[place];
                positions[row] = list.firstPlace() + place;
                row++;
            }
        }
        LGBMDataset dataset =
                LGBMDataset.createFromMat(matrix, rows, columns, true, settings, null);
        dataset.setFeatureNames(
                set.features().names().stream()
                        .map(RankingTrainer::lightGbmName)
                        .toArray(String[]::new));
        dataset.setField("label", labels);
        dataset.setField("group", groups);
        // What a place alone does to clicks is learned beside the forest and left out of its
        // scores.
        dataset.setField("position", positions);
        return dataset;
    }

    /** LightGBM refuses names with characters that mean something in JSON. */
    private static String lightGbmName(String feature) {
        return feature.replaceAll("[^A-Za-z0-9_.-]", "_");
    }

    private static TrainedModel.Metrics judge(RankingModel model, TrainingSet later) {
        Ndcg ndcg = new Ndcg(JUDGED_PLACES);
        List<Double> byModel = new ArrayList<>();
        List<Double> byFirstPass = new ArrayList<>();
        List<Double> asShown = new ArrayList<>();
        for (TrainingSet.RankedList list : later.lists()) {
            int rows = list.grades().length;
            byModel.add(ndcg.of(order(list.grades(), model.score(list.matrix(), rows))));
            asShown.add(ndcg.of(list.grades()));
            if (list.firstPassScores().length != 0) {
                double[] scores = new double[rows];
                for (int i = 0; i < rows; i++) {
                    scores[i] = list.firstPassScores()[i];
                }
                byFirstPass.add(ndcg.of(order(list.grades(), scores)));
            }
        }
        return new TrainedModel.Metrics(
                later.lists().size(), mean(byModel), mean(byFirstPass), mean(asShown));
    }

    /** The grades in the order of falling scores; ties stay as shown. */
    private static int[] order(int[] grades, double[] scores) {
        return IntStream.range(0, grades.length)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> -scores[i]))
                .mapToInt(i -> grades[i])
                .toArray();
    }

    private static double mean(List<Double> values) {
        return values.stream().mapToDouble(v -> v).average().orElse(Double.NaN);
    }
}
