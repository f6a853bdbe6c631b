package dev.persona.profiling.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;

class NearestNameTest {
    private static final List<String> KNOWN = List.of("price", "position", "add_to_cart", "type");

    @ParameterizedTest
    @CsvSource({
        "pric, price",
        "pirce, price",
        "PRICE, price",
        "postion, position",
        "add_to_basket, add_to_cart",
        "addToCart, add_to_cart",
        "tipe, type",
        "colour, ",
        "'', ",
    })
    void whatWasMeantIsFoundAndNothingFarFetched(String name, String expected) {
        assertEquals(Optional.ofNullable(expected), NearestName.of(name, KNOWN));
    }

    @Test
    void withNothingKnownNothingIsNear() {
        assertEquals(Optional.empty(), NearestName.of("price", List.of()));
    }

    @Test
    void itIsTheFirstOfTheNearestByPlainRecursion() {
        Random random = new Random(11);
        for (int i = 0; i < 300; i++) {
            String name = word(random);
            List<String> known = new ArrayList<>();
            for (int k = 0; k < 6; k++) {
                known.add(word(random));
            }
            String expected = null;
            int least = Math.max(2, name.length() / 3) + 1;
            for (String candidate : known) {
                int edits = edits(name, candidate);
                if (edits < least) {
                    least = edits;
                    expected = candidate;
                }
            }
            assertEquals(
                    Optional.ofNullable(expected),
                    NearestName.of(name, known),
                    () -> name + " among " + known);
        }
    }

    private static String word(Random random) {
        StringBuilder word = new StringBuilder();
        for (int n = random.nextInt(6); n >= 0; n--) {
            word.append((char) ('a' + random.nextInt(3)));
        }
        return word.toString();
    }

    private static int edits(String a, String b) {
        if (a.isEmpty() || b.isEmpty()) {
            return a.length() + b.length();
        }
        String restA = a.substring(1);
        String restB = b.substring(1);
        if (a.charAt(0) == b.charAt(0)) {
            return edits(restA, restB);
        }
        return 1 + Math.min(edits(restA, restB), Math.min(edits(a, restB), edits(restA, b)));
    }

    @Test
    void anAbsurdlyLongNameCostsNothing() {
        String name = "x".repeat(5_000_000);
        List<String> known = List.of("y".repeat(3_000), "price");
        assertEquals(
                Optional.empty(),
                assertTimeoutPreemptively(
                        Duration.ofSeconds(5), () -> NearestName.of(name, known)));
    }
}
