package dev.persona.profiling.cooccurrence;

import static dev.persona.profiling.cooccurrence.Association.COSINE;
import static dev.persona.profiling.cooccurrence.Association.LOG_LIKELIHOOD_RATIO;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.Random;

class AssociationTest {
    @ParameterizedTest
    @CsvSource({
        "270.72, 110, 2442, 111, 29114",
        "263.90, 29, 13, 123, 31612",
        "256.84, 31, 23, 139, 31584",
        "167.23, 10, 0, 3, 31764",
        "157.21, 76, 104, 2476, 29121"
    })
    void theRatioIsThatOfTheBigramsInDunningsFirstTable(
            double expected, int both, int onlyFirst, int onlySecond, int neither) {
        int users = both + onlyFirst + onlySecond + neither;

        float score =
                LOG_LIKELIHOOD_RATIO.score(both, both + onlyFirst, both + onlySecond, users, 0);

        assertEquals(expected, score, 0.005);
    }

    @Test
    void theRatioIsTwiceTheUsersTimesTheirMutualInformation() {
        Random random = new Random(9);
        for (int i = 0; i < 1000; i++) {
            int both = 1 + random.nextInt(50);
            int first = both + random.nextInt(50);
            int second = both + random.nextInt(50);
            int users = first + second - both + random.nextInt(1000);

            float score = LOG_LIKELIHOOD_RATIO.score(both, first, second, users, 0);

            double expected = NaiveCoOccurrence.ratio(both, first, second, users);
            assertEquals(expected, score, 1e-6 * expected + 1e-9);
        }
    }

    @Test
    void pairsThatShareNoMoreUsersThanByChanceAreLeftOut() {
        // By chance 20 * 30 / 100 = 6 users have both.
        assertEquals(0, LOG_LIKELIHOOD_RATIO.score(5, 20, 30, 100, 0));
        assertEquals(0, LOG_LIKELIHOOD_RATIO.score(6, 20, 30, 100, 0));
        assertTrue(LOG_LIKELIHOOD_RATIO.score(7, 20, 30, 100, 0) > 0);
    }

    @Test
    void anItemThatEveryoneHasSaysNothing() {
        assertEquals(0, LOG_LIKELIHOOD_RATIO.score(20, 20, 100, 100, 0));
    }

    @Test
    void countsMayBeAsLargeAsIntsAre() {
        int users = Integer.MAX_VALUE;

        // Two items whose users are the same half of all say ln 2 of each user.
        assertEquals(
                2 * Math.log(2) * users,
                LOG_LIKELIHOOD_RATIO.score(users / 2, users / 2, users / 2, users, 0),
                1e-6 * users);
    }

    @Test
    void bothItemsOfAPairScoreTheSame() {
        for (int both = 1; both < 60; both++) {
            assertEquals(
                    LOG_LIKELIHOOD_RATIO.score(both, 61, 137, 4001, 0),
                    LOG_LIKELIHOOD_RATIO.score(both, 137, 61, 4001, 0));
        }
    }

    @Test
    void theCosineIsHeldBackByTheShrinkage() {
        assertEquals(1, COSINE.score(4, 4, 4, 100, 0));
        assertEquals(6 / 12f, COSINE.score(6, 9, 16, 100, 0));
        assertEquals(6 / 20f, COSINE.score(6, 9, 16, 100, 8));
    }
}
