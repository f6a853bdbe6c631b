package dev.persona.ranking.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import dev.persona.profiling.json.InvalidFieldException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;

class RankingParametersTest {
    private static JsonNode json(String text) throws IOException {
        return new ObjectMapper().readTree(text);
    }

    @Test
    void whatIsNotSaidIsAsByDefault() throws IOException {
        assertEquals(RankingParameters.DEFAULT, RankingParameters.parse(json("{}")));
        assertEquals(
                new RankingParameters(7, 8, 0.05, 100, 1),
                RankingParameters.parse(json("{\"trees\": 7}")));
    }

    @Test
    void isReadBackFromItsOwnJson() throws IOException {
        RankingParameters all = new RankingParameters(11, 12, 0.13, 14, 15);
        assertEquals(all, RankingParameters.parse(json(all.toJson().toString())));
    }

    @ParameterizedTest
    @CsvSource({
        "trees, 0",
        "trees, 5001",
        "trees, 1.5",
        "leaves, 1",
        "leaves, 1025",
        "learning_rate, 0",
        "learning_rate, -0.1",
        "learning_rate, 1.01",
        "min_data_in_leaf, 0",
        "min_data_in_leaf, 1000001",
        "seed, -1",
        "seed, 2147483648"
    })
    void whatIsOutOfBoundsIsRefusedByName(String field, String value) throws IOException {
        JsonNode body = json("{\"" + field + "\": " + value + "}");
        InvalidFieldException e =
                assertThrows(InvalidFieldException.class, () -> RankingParameters.parse(body));
        assertEquals(field, e.field());
    }

    @Test
    void theBoundsThemselvesAreTaken() throws IOException {
        String least = "{\"trees\":1,\"leaves\":2,\"min_data_in_leaf\":1,\"seed\":0}";
        assertEquals(new RankingParameters(1, 2, 0.05, 1, 0), RankingParameters.parse(json(least)));
        assertEquals(1, RankingParameters.parse(json("{\"learning_rate\": 1}")).learningRate());
    }

    @Test
    void anUnknownFieldIsRefused() throws IOException {
        JsonNode body = json("{\"tree\": 3}");
        assertThrows(InvalidFieldException.class, () -> RankingParameters.parse(body));
    }
}
