package dev.persona.ranking.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.persona.ranking.metric.Ndcg;
import dev.persona.ranking.model.RankingModel;

import org.junit.jupiter.api.Test;

import java.util.Comparator;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

class RankingTrainerTest {
    private static final RankingParameters SMALL = new RankingParameters(40, 4, 0.1, 20, 7);

    private static TrainedModel trained(RankingParameters parameters) {
        return new RankingTrainer(parameters, 1)
                .train(new ClickedLists(1).trainingSet(400), () -> false);
    }

    /** How well scores find what is truly good, which no click had a part in. */
    private static double quality(float[] matrix, double[] scores) {
        int[] grades =
                IntStream.range(0, ClickedLists.ITEMS)
                        .boxed()
                        .sorted(Comparator.comparingDouble(i -> -scores[i]))
                        .mapToInt(i -> ClickedLists.goodness(matrix, i) > 0.7 ? 1 : 0)
                        .toArray();
        return new Ndcg(10).of(grades);
    }

    @Test
    void findsWhatIsGoodInListsItHasNeverSeen() {
        TrainedModel trained = trained(SMALL);
        RankingModel model = RankingModel.load(trained.text(), trained.features());
        ClickedLists unseen = new ClickedLists(2);
        double byModel = 0;
        double byFirstPass = 0;
        int lists = 0;
        for (int i = 0; i < 200; i++) {
            float[] matrix = unseen.matrix();
            double[] shown = new double[ClickedLists.ITEMS];
            for (int item = 0; item < shown.length; item++) {
                shown[item] = -item;
            }
            double firstPass = quality(matrix, shown);
            if (!Double.isNaN(firstPass)) {
                byFirstPass += firstPass;
                byModel += quality(matrix, model.score(matrix, ClickedLists.ITEMS));
                lists++;
            }
        }
        byModel /= lists;
        byFirstPass /= lists;
        assertTrue(byModel > 0.95, "by model " + byModel);
        assertTrue(byModel > byFirstPass + 0.1, byModel + " against " + byFirstPass);
    }

    @Test
    void isJudgedByTheLaterFifth() {
        TrainedModel.Metrics metrics = trained(SMALL).metrics();
        assertEquals(80, metrics.lists());
        assertTrue(metrics.model() > metrics.firstPass(), metrics.toString());
        // They were shown in the order of the first pass.
        assertEquals(metrics.firstPass(), metrics.shown(), 1e-12);
    }

    @Test
    void theSameSeedGivesTheSameText() {
        assertEquals(trained(SMALL).text(), trained(SMALL).text());
    }

    @Test
    void itSaysHowManyTreesItsTextHas() {
        TrainedModel trained = trained(SMALL);
        assertEquals(40, trained.trees());
        assertEquals(40, trained.text().lines().filter(line -> line.startsWith("Tree=")).count());
    }

    @Test
    void stopsAfterTheTreeAtWhichItIsCancelled() {
        AtomicInteger asked = new AtomicInteger();
        RankingTrainer trainer = new RankingTrainer(SMALL, 1);
        TrainingSet data = new ClickedLists(1).trainingSet(400);
        assertThrows(
                CancellationException.class,
                () -> trainer.train(data, () -> asked.incrementAndGet() == 3));
        assertEquals(3, asked.get());
    }

    @Test
    void tooFewListsAreRefusedWithTheirNumber() {
        RankingTrainer trainer = new RankingTrainer(SMALL, 1);
        TrainingSet data = new ClickedLists(1).trainingSet(RankingTrainer.LEAST_LISTS - 1);
        InsufficientDataException e =
                assertThrows(
                        InsufficientDataException.class, () -> trainer.train(data, () -> false));
        assertTrue(e.getMessage().contains("at least 20"), e.getMessage());
        assertTrue(e.getMessage().endsWith("found 19"), e.getMessage());
    }
}
