package dev.persona.profiling.profile;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class SessionsTest {
    private static Sessions of(int from, int to) {
        Sessions sessions = new Sessions();
        for (int i = from; i < to; i++) {
            sessions.add("session-" + i);
            sessions.add("session-" + i);
        }
        return sessions;
    }

    @Test
    void upTo256TheNumberIsExact() {
        for (int n = 0; n <= 256; n++) {
            assertEquals(n, of(0, n).count());
        }
    }

    @Test
    void beyondItIsOffByTheStandardErrorOfTheSketch() {
        double squares = 0;
        for (int round = 0; round < 50; round++) {
            double off = of(round * 100_000, round * 100_000 + 5000).count() / 5000.0 - 1;
            squares += off * off / 50;
        }
        // 1 / sqrt(k - 2) is 6.3 %.
        assertEquals(0.063, Math.sqrt(squares), 0.02);
    }

    @Test
    void theSketchOfAUnionIsTheUnionOfTheSketches() {
        for (int[] parts : new int[][] {{10, 300}, {256, 257}, {5, 20}, {400, 3000}}) {
            Sessions union = of(0, parts[0]);
            union.absorb(of(parts[0] / 2, parts[1]));
            assertEquals(of(0, parts[1]).count(), union.count());
        }
    }
}
