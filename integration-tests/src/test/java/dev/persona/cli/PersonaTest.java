package dev.persona.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

class PersonaTest {

    @Test
    void everyCommandHasAHelpTextWithASummaryAndItsUsage() throws IOException {
        for (String command : Persona.COMMANDS.keySet()) {
            try (InputStream in = Persona.class.getResourceAsStream(command + ".txt")) {
                List<String> lines =
                        new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
                assertTrue(lines.get(0).endsWith("."), command + ": " + lines.get(0));
                assertTrue(lines.get(2).startsWith("./persona " + command), lines.get(2));
            }
        }
    }

    @Test
    void wrongUsageIsExitCodeTwo() {
        assertEquals(2, Persona.run(List.of()));
        assertEquals(2, Persona.run(List.of("strat")));
        assertEquals(2, Persona.run(List.of("start", "--prot", "9200")));
        assertEquals(2, Persona.run(List.of("start", "--nodes", "0")));
        assertEquals(2, Persona.run(List.of("start", "--port", "65535", "--nodes", "2")));
        assertEquals(2, Persona.run(List.of("start", "--heap", "1t")));
        assertEquals(2, Persona.run(List.of("stop", "--hard")));
        assertEquals(2, Persona.run(List.of("bench", "caos")));
        assertEquals(2, Persona.run(List.of("bench", "chaos", "--kills", "0")));
        assertEquals(2, Persona.run(List.of("bench", "events", "--rounds", "0")));
        assertEquals(2, Persona.run(List.of("bench", "als", "--iterations", "1")));
        assertEquals(2, Persona.run(List.of("bench", "als", "--peer", "sprak")));
        assertEquals(2, Persona.run(List.of("evaluate", "recomend")));
        assertEquals(2, Persona.run(List.of("evaluate", "recommend", "--cut", "november")));
    }
}
