package dev.persona.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;

class OptionsTest {

    private static Options parse(String... arguments) {
        return Options.parse(List.of(arguments), Set.of("port", "data"), Set.of("clean"));
    }

    private static String refusal(String... arguments) {
        return assertThrows(UsageException.class, () -> parse(arguments)).getMessage();
    }

    @Test
    void aValueFollowsItsOptionOrAnEqualsSign() {
        assertEquals(9300, parse("--port", "9300").number("port", 9200));
        assertEquals(9300, parse("--port=9300").number("port", 9200));
        assertEquals(Optional.of("a=b"), parse("--data=a=b").text("data"));
    }

    @Test
    void whatIsNotGivenHasItsDefault() {
        assertEquals(9200, parse().number("port", 9200));
        assertFalse(parse().flag("clean"));
        assertTrue(parse("--clean").flag("clean"));
        assertEquals(Optional.empty(), parse().text("data"));
    }

    @Test
    void anUnknownOptionIsRefusedByNameWithTheKnownOnes() {
        assertEquals(
                "unknown option [--prot]; known: --clean, --data, --port",
                refusal("--prot", "9300"));
        assertEquals("unknown option [port]; known: --clean, --data, --port", refusal("port"));
    }

    @Test
    void aValueMustBeThereWhereOneIsTakenAndOnlyThere() {
        assertEquals("--port needs a value", refusal("--clean", "--port"));
        assertEquals("--clean takes no value", refusal("--clean=yes"));
    }

    @Test
    void aDayIsWrittenAsInIso8601() {
        LocalDate day = LocalDate.of(2011, 11, 1);
        assertEquals(day, parse("--data", "2011-11-01").day("data", LocalDate.EPOCH));
        assertEquals(
                "--data takes a day such as 2011-11-01, was [1.11.2011]",
                assertThrows(
                                UsageException.class,
                                () -> parse("--data", "1.11.2011").day("data", day))
                        .getMessage());
    }

    @Test
    void aValueThatCannotBeReadIsShown() {
        UsageException refusal =
                assertThrows(
                        UsageException.class, () -> parse("--port", "http").number("port", 9200));
        assertEquals("--port takes a whole number, was [http]", refusal.getMessage());
    }
}
