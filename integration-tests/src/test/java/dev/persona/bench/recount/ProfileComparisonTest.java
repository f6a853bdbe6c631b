package dev.persona.bench.recount;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.persona.client.ElasticsearchClient;

import org.junit.jupiter.api.Test;

import java.util.List;

class ProfileComparisonTest {

    private static final int ALL = 130;
    private static final int SHOWN = 100;

    /**
     * Brands b0, b1, ... of which the first have the largest sums, and the last twenty the same.
     */
    private static ObjectNode brands(int from, int to) {
        ObjectNode profile = ElasticsearchClient.JSON.createObjectNode();
        ObjectNode brands = profile.putObject("affinities").putObject("brand");
        for (int i = from; i < to; i++) {
            brands.put("b" + i, i < 90 ? -1000.0 + i : 5);
        }
        return profile;
    }

    private static List<String> differences(ObjectNode shown) {
        return ProfileComparison.differences(brands(0, ALL), shown);
    }

    private static ObjectNode with(ObjectNode profile, String brand, Double sum) {
        ((ObjectNode) profile.at("/affinities/brand")).put(brand, sum);
        return profile;
    }

    private static ObjectNode without(ObjectNode profile, String brand) {
        ((ObjectNode) profile.at("/affinities/brand")).remove(brand);
        return profile;
    }

    @Test
    void anyOfEqualValuesMayBeLeftOut() {
        assertEquals(List.of(), differences(brands(0, SHOWN)));
        ObjectNode others = with(without(brands(0, SHOWN), "b95"), "b129", 5.0);
        assertEquals(List.of(), differences(others));
    }

    @Test
    void aLargeValueMayNotBeLeftOut() {
        ObjectNode shown = with(without(brands(0, SHOWN), "b7"), "b129", 5.0);
        assertEquals(List.of("affinities.brand.b7: -993.0 expected, was "), differences(shown));
    }

    @Test
    void nothingMayBeLeftOutWhereThereIsRoom() {
        assertEquals(1 + ALL - SHOWN, differences(without(brands(0, SHOWN), "b95")).size());
    }

    @Test
    void moreThanIsShownIsADifference() {
        assertEquals(
                List.of("affinities.brand: at most 100 expected, were 130"),
                differences(brands(0, ALL)));
    }

    @Test
    void aValueThatNobodyCountedIsADifference() {
        ObjectNode shown = with(without(brands(0, SHOWN), "b95"), "z", 5.0);
        assertEquals(List.of("affinities.brand.z:  expected, was 5.0"), differences(shown));
    }

    @Test
    void aPartThatIsMissingOrTooMuchIsADifference() {
        ObjectNode expected = ElasticsearchClient.JSON.createObjectNode().put("sessions", 0);
        ObjectNode shown = ElasticsearchClient.JSON.createObjectNode();
        shown.putObject("channels").put("web", 1);
        assertEquals(2, ProfileComparison.differences(expected, shown).size());
        shown.put("sessions", 0).putObject("channels");
        assertEquals(List.of(), ProfileComparison.differences(expected, shown));
    }
}
