package dev.persona.evaluate.recommend;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.persona.evaluate.history.Candidates;
import dev.persona.evaluate.history.Purchases;
import dev.persona.evaluate.history.Split;

import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.List;

class JudgeTest {

    /** u1 buys a again and b anew, u2 buys b again; four items are known, two users. */
    private final Split split =
            Split.at(
                    new Purchases()
                            .add("u1", "a", "2011-10-01")
                            .add("u2", "b", "2011-10-01")
                            .add("u2", "c", "2011-10-01")
                            .add("u2", "d", "2011-10-01")
                            .add("u1", "a", "2011-11-02")
                            .add("u1", "b", "2011-11-02")
                            .add("u2", "b", "2011-11-02")
                            .events(),
                    Instant.parse("2011-11-01T00:00:00Z"),
                    Instant.MAX);

    private Quality of(Recommender recommender, Candidates candidates) {
        return new Judge(split, 2).of(recommender).get(candidates);
    }

    @Test
    void figuresAreMeansOverTheUsersThatAreMeasured() {
        // u1 finds one of two at rank 1, u2 nothing.
        Quality quality = of((user, c) -> List.of(user.equals("u1") ? "a" : "c"), Candidates.ALL);
        assertEquals(2, quality.users());
        assertEquals((0.5 + 0) / 2, quality.recall(), 1e-12);
        assertEquals((1 + 0) / 2.0, quality.mrr(), 1e-12);
        double ideal = 1 + Math.log(2) / Math.log(3);
        assertEquals((1 / ideal + 0) / 2, quality.ndcg(), 1e-12);
        assertEquals(2 / 4.0, quality.coverage(), 1e-12);
        // One of two users bought a, one c.
        assertEquals(1, quality.novelty(), 1e-12);
    }

    @Test
    void amongNewItemsOnlyWhatIsNewIsRelevant() {
        Quality quality = of((user, c) -> List.of("a", "b"), Candidates.NEW);
        assertEquals(1, quality.users());
        assertEquals(1, quality.recall(), 1e-12);
        assertEquals(0.5, quality.mrr(), 1e-12);
    }

    @Test
    void whoIsRecommendedNothingFindsNothing() {
        Quality quality = of((user, c) -> List.of(), Candidates.ALL);
        assertEquals(0, quality.recall(), 0);
        assertEquals(0, quality.ndcg(), 0);
        assertEquals(0, quality.novelty(), 0);
    }
}
