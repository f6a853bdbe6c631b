package dev.persona.profiling.cooccurrence;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;

class TopItemsTest {
    private record Offer(int item, float score) {}

    @Test
    void theBestOfASortAreKeptInWhateverOrderTheyAreOffered() {
        Random random = new Random(3);
        TopItems top = new TopItems(10);
        for (int count = 0; count < 200; count++) {
            List<Offer> offers = new ArrayList<>();
            for (int item = 0; item < count; item++) {
                offers.add(new Offer(item, random.nextInt(20)));
            }
            Collections.shuffle(offers, random);
            int[] items = new int[11];
            float[] scores = new float[11];

            offers.forEach(offer -> top.offer(offer.item, offer.score));
            int size = top.drain(items, scores, 1);

            List<Offer> best =
                    offers.stream()
                            .sorted(
                                    Comparator.<Offer>comparingDouble(offer -> -offer.score)
                                            .thenComparingInt(Offer::item))
                            .limit(10)
                            .toList();
            assertEquals(best.size(), size);
            for (int i = 0; i < size; i++) {
                assertEquals(best.get(i), new Offer(items[1 + i], scores[1 + i]));
            }
        }
    }

    @Test
    void onceDrainedNothingIsLeft() {
        TopItems top = new TopItems(2);
        top.offer(7, 3);
        top.drain(new int[2], new float[2], 0);
        int[] items = {-1, -1};

        assertEquals(0, top.drain(items, new float[2], 0));
        assertArrayEquals(new int[] {-1, -1}, items);
    }
}
