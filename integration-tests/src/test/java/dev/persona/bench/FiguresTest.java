package dev.persona.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class FiguresTest {

    @Test
    void figuresAreOneLineWithFourDigitsThatCount() {
        Figures figures =
                new Figures("events")
                        .put("events", 200_000)
                        .put("per_s", 4461.7)
                        .put("ratio", 0.072019)
                        .put("nothing", Double.NaN);
        assertEquals(
                "{\"name\":\"events\",\"figures\":{\"events\":200000,\"per_s\":4462.0,"
                        + "\"ratio\":0.07202,\"nothing\":0.0}}",
                figures.toString());
    }

    @Test
    void aGroupHasFiguresOfItsOwnInTheSameLine() {
        Figures figures = new Figures("evaluate").put("users", 3);
        figures.group("all").put("recall", 0.5);
        figures.group("all").put("ndcg", 0.25);
        assertEquals(
                "{\"name\":\"evaluate\",\"figures\":{\"users\":3,"
                        + "\"all\":{\"recall\":0.5,\"ndcg\":0.25}}}",
                figures.toString());
    }
}
