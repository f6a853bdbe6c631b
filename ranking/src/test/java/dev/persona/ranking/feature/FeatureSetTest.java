package dev.persona.ranking.feature;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import dev.persona.profiling.event.EventType;
import dev.persona.profiling.json.InvalidFieldException;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

class FeatureSetTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final CatalogFields NOTHING = new CatalogFields(false, false, List.of());
    private static final CatalogFields ALL =
            new CatalogFields(true, true, List.of("category", "brand"));

    private static JsonNode json(String text) throws IOException {
        return JSON.readTree(text.replace('\'', '"'));
    }

    private static InvalidFieldException refused(String text) throws IOException {
        JsonNode json = json(text);
        return assertThrows(InvalidFieldException.class, () -> FeatureSet.parse(json));
    }

    /** The template that a catalog gets when it names no features. */
    private static JsonNode template() throws IOException {
        return JSON.readTree(Files.readString(Path.of("../config/features.json")));
    }

    @Test
    void isReadBackFromItsOwnJson() throws IOException {
        FeatureSet all =
                new FeatureSet(
                        List.of(
                                new Feature.FirstPassScore("a"),
                                new Feature.Price("b"),
                                new Feature.Age("c"),
                                new Feature.Affinity("d", "category"),
                                new Feature.PriceDistance("e"),
                                new Feature.InterestDot("f"),
                                new Feature.InterestCosine("g"),
                                new Feature.ItemVectorLength("h"),
                                new Feature.ItemPopularity("i"),
                                new Feature.ItemClickRate("j"),
                                new Feature.ItemWeight("k"),
                                new Feature.DaysSinceItem("l"),
                                new Feature.EventCount("m", EventType.ADD_TO_CART)));
        assertEquals(Feature.class.getPermittedSubclasses().length, all.size(), "one of each kind");
        assertEquals(all, FeatureSet.parse(JSON.readTree(all.toJson().toString())));
    }

    @Test
    void aStarBecomesOneFeatureForEachAttributeInPlace() throws IOException {
        FeatureSet fitted =
                FeatureSet.fit(
                        json(
                                "[{'name':'p','source':'price'},"
                                        + "{'name':'likes','source':'affinity','attribute':'*'},"
                                        + "{'name':'s','source':'first_pass_score'}]"),
                        ALL);
        assertEquals(
                List.of(
                        new Feature.Price("p"),
                        new Feature.Affinity("likes_category", "category"),
                        new Feature.Affinity("likes_brand", "brand"),
                        new Feature.FirstPassScore("s")),
                fitted.features());
    }

    @Test
    void featuresOfFieldsThatTheCatalogLacksAreLeftOut() throws IOException {
        JsonNode template =
                json(
                        "[{'name':'p','source':'price'},{'name':'d','source':'price_distance'},"
                                + "{'name':'o','source':'age'},"
                                + "{'name':'c','source':'affinity','attribute':'colour'},"
                                + "{'name':'b','source':'affinity','attribute':'brand'},"
                                + "{'name':'s','source':'first_pass_score'}]");
        assertEquals(List.of("s"), FeatureSet.fit(template, NOTHING).names());
        assertEquals(List.of("p", "d", "o", "b", "s"), FeatureSet.fit(template, ALL).names());
    }

    @Test
    void theTemplateThatComesAlongFitsAnyCatalog() throws IOException {
        FeatureSet least = FeatureSet.fit(template(), NOTHING);
        FeatureSet most = FeatureSet.fit(template(), ALL);
        assertFalse(least.needsPrice());
        assertFalse(least.has(Feature.Affinity.class));
        assertTrue(most.names().containsAll(List.of("affinity_category", "affinity_brand")));
        // Price, its distance and age come with their fields, affinity with each attribute.
        assertEquals(least.size() + 3 + 2, most.size());
        assertEquals(template().size() - 1 + 2, most.size());
    }

    @Test
    void aNameStandsOnce() throws IOException {
        InvalidFieldException e =
                refused("[{'name':'x','source':'price'},{'name':'x','source':'age'}]");
        assertEquals("[features] holds [x] more than once", e.getMessage());
    }

    @Test
    void anUnknownSourceIsAnsweredWithTheNearest() throws IOException {
        InvalidFieldException e = refused("[{'name':'x','source':'prise'}]");
        assertEquals("source", e.field());
        assertTrue(e.reason().contains("did you mean [price]?"), e.reason());
    }

    @Test
    void aSourceLikeNoneIsAnsweredWithAll() throws IOException {
        String reason = refused("[{'name':'x','source':'moonphase_of_the_day'}]").reason();
        assertTrue(reason.contains("known are [first_pass_score, price, age"), reason);
    }

    @Test
    void whatIsNoFeatureSetIsRefused() throws IOException {
        assertEquals("features", refused("[]").field());
        assertEquals("features", refused("{'name':'x','source':'price'}").field());
        assertEquals(
                "event", refused("[{'name':'x','source':'event_count','event':'clik'}]").field());
        refused("[{'name':'x','source':'affinity'}]");
        refused("[{'name':'x','source':'price','attribute':'brand'}]");
        refused("[{'source':'price'}]");
        refused("['price']");
    }

    @Test
    void tellsWhatItNeeds() {
        FeatureSet set =
                new FeatureSet(
                        List.of(
                                new Feature.Affinity("a", "brand"),
                                new Feature.DaysSinceItem("b"),
                                new Feature.InterestCosine("c")));
        assertTrue(set.needsAttribute("brand") && set.needsIds() && set.needsVectors());
        assertFalse(set.needsAttribute("category") || set.needsPrice());
    }
}
