package dev.persona.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

import java.util.List;

class BenchCommandTest {

    @Test
    void withoutANameTheBenchmarksAreListed() {
        assertEquals(Command.DONE, BenchCommand.run(List.of()));
        for (String name : List.of("als", "chaos", "events", "recommend", "recount")) {
            assertTrue(BenchCommand.help().contains("\n" + name + " "), name);
        }
    }

    @Test
    void anUnknownNameIsRefusedWithTheNearest() {
        UsageException e =
                assertThrows(UsageException.class, () -> BenchCommand.run(List.of("caos")));
        assertEquals(
                "there is no benchmark [caos], did you mean [chaos]? Known: [als, chaos, events, recommend, recount]",
                e.getMessage());
    }
}
