package dev.persona.profiling.profile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

import java.util.Random;

class ForwardDecayTest {
    private static final long HOUR = 3_600_000;

    private final ForwardDecay decay = new ForwardDecay(HOUR);

    @Test
    void aWeightHalvesWithEachHalfLife() {
        assertEquals(1, decay.between(5, 5));
        assertEquals(0.5, decay.between(0, HOUR));
        assertEquals(0.125, decay.between(7 * HOUR, 10 * HOUR));
        assertEquals(Math.exp(-Math.log(2) * 0.3), decay.between(0, HOUR * 3 / 10), 1e-15);
    }

    @Test
    void addedFromALandmarkAndReadAtATimeItIsWhatBackwardDecayLeaves() {
        Random random = new Random(7);
        for (int i = 0; i < 1000; i++) {
            long earlier = random.nextLong(2_000_000_000_000L);
            long later = earlier + random.nextLong(200 * HOUR);
            long landmark = decay.landmark(later);
            double left = decay.at(decay.scale(earlier, landmark), landmark, later);
            double expected = Math.exp(-Math.log(2) * (later - earlier) / HOUR);
            assertEquals(expected, left, expected * 1e-12);
        }
    }

    @Test
    void landmarksLieEvery256HalfLivesBefore1970Too() {
        assertEquals(0, decay.landmark(256 * HOUR - 1));
        assertEquals(1, decay.landmark(256 * HOUR));
        assertEquals(-1, decay.landmark(-1));
        assertEquals(1, decay.scale(256 * HOUR, 1));
    }

    @Test
    void movingASumToTheNextLandmarkAndBackLosesNoDigit() {
        Random random = new Random(3);
        for (int i = 0; i < 1000; i++) {
            double sum = random.nextGaussian() * 1e6;
            double moved = sum * ForwardDecay.move(4, 5);
            assertEquals(Math.scalb(sum, -256), moved, 0.0);
            assertEquals(sum, moved * ForwardDecay.move(5, 4), 0.0);
        }
    }

    @Test
    void whenASumIsMovedDoesNotMatter() {
        double early = Math.PI * decay.scale(200 * HOUR + 17, 0) * ForwardDecay.move(0, 1);
        double late = Math.PI * decay.scale(200 * HOUR + 17, 1);
        assertEquals(early, late, early * 1e-12);
    }

    @Test
    void aSumReadFarBeforeItsEventsIsLargeButFiniteAndNothingStaysNothing() {
        assertEquals(Double.MAX_VALUE, decay.at(3, 10, -10_000 * HOUR));
        assertEquals(-Double.MAX_VALUE, decay.at(-3, 10, -10_000 * HOUR));
        assertEquals(0, decay.at(0, 10, -10_000 * HOUR));
        assertEquals(0, decay.at(3, 0, 10_000 * HOUR));
    }

    @Test
    void timesAtTheEndsOfWhatALongHoldsAreFarApartRatherThanNear() {
        assertEquals(0, decay.between(Long.MIN_VALUE, Long.MAX_VALUE));
        assertEquals(Double.POSITIVE_INFINITY, decay.between(Long.MAX_VALUE, Long.MIN_VALUE));
    }

    @Test
    void aHalfLifeThatIsNoneIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> new ForwardDecay(0));
        assertThrows(IllegalArgumentException.class, () -> new ForwardDecay(-HOUR));
        assertThrows(IllegalArgumentException.class, () -> new ForwardDecay(Long.MAX_VALUE));
    }
}
