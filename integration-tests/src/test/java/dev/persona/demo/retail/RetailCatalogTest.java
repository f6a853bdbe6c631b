package dev.persona.demo.retail;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;

class RetailCatalogTest {

    private static RetailLine line(String code, String description, double price, int day) {
        Instant at = Instant.parse("2011-01-01T00:00:00Z").plusSeconds(86_400L * day);
        return new RetailLine("1", 1, code, description, 1, price, at, Optional.empty(), "France");
    }

    @Test
    void titleIsTheMostFrequentDescriptionAndPriceTheMedian() {
        RetailCatalog catalog =
                new RetailCatalog(
                        List.of(
                                line("10001", "OLD NAME BAG", 1, 5),
                                line("10001", "JUMBO BAG", 9, 3),
                                line("10001", "JUMBO BAG", 2, 8),
                                line("10001", "", 2.5, 9)));
        RetailProduct product = catalog.product("10001");
        assertEquals("JUMBO BAG", product.title());
        assertEquals(2.25, product.price());
        assertEquals(Instant.parse("2011-01-04T00:00:00Z"), product.firstSold());
    }

    @Test
    void aProductThatNothingDescribesIsNoProduct() {
        RetailCatalog catalog = new RetailCatalog(List.of(line("10001", "", 1, 1)));
        assertFalse(catalog.has("10001"));
        assertTrue(catalog.products().isEmpty());
    }

    @Test
    void familyIsTheWordThatEndsMostTitlesAndMotifTheMostFrequentOther() {
        List<String> titles = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            titles.add("RETROSPOT BAG");
        }
        titles.add("JUMBO BAG RED RETROSPOT");
        TitleWords words = new TitleWords(titles);
        assertEquals(Optional.of("bag"), words.family("JUMBO BAG RED RETROSPOT"));
        assertEquals(Optional.of("retrospot"), words.motif("JUMBO BAG RED RETROSPOT"));
        assertEquals(Optional.empty(), words.motif("BAG"));
        assertEquals(Optional.empty(), words.family("SET OF 3 LARGE"));
    }

    @Test
    void pluralsAreOneWordWithTheirSingularAndOtherWordsInSStay() {
        assertEquals(
                List.of("doll", "glass", "christmas"),
                TitleWords.telling("DOLLS GLASS CHRISTMAS DOLL CHILDREN'S"));
    }

    @Test
    void aMadeQueryIsAWordOfTheTitleAsItStandsThere() {
        List<RetailLine> lines = new ArrayList<>();
        for (int i = 0; i < 25; i++) {
            lines.add(line("1000" + (char) ('A' + i), "RARE" + (char) ('A' + i) + " DOLLS", 1, 1));
        }
        MadeQueries made = new MadeQueries(new RetailCatalog(lines));
        // The other word of the title is too rare to leave a choice.
        assertEquals(Optional.of("dolls"), made.query("1000A", new Random(1)));
        assertEquals(Optional.empty(), made.query("99999", new Random(1)));
    }
}
