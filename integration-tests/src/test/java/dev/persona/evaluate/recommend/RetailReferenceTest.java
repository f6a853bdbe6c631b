package dev.persona.evaluate.recommend;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.persona.bench.retail.RecountOptions;
import dev.persona.evaluate.history.Candidates;
import dev.persona.evaluate.history.EventFile;
import dev.persona.evaluate.history.Split;
import dev.persona.local.Checkout;

import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** The real purchases, where the data is there, against figures that were computed elsewhere. */
class RetailReferenceTest {

    private static void assertQuality(double recall, double ndcg, Quality found) {
        assertEquals(recall, found.recall(), 1e-3);
        assertEquals(ndcg, found.ndcg(), 1e-3);
    }

    @Test
    void popularityAndOwnPurchasesAreAsGoodAsTheReferenceSays() {
        Path data = Checkout.locate().root().resolve(RecountOptions.USUAL_DATA);
        Assumptions.assumeTrue(Files.exists(data), () -> data + " is not there");
        Split split =
                Split.at(
                        EventFile.read(data, Optional.empty()).events(),
                        Instant.parse("2011-11-01T00:00:00Z"),
                        Instant.MAX);
        assertEquals(3970, split.before().users().size());
        assertEquals(3607, split.before().items().size());
        assertEquals(1538, split.users(Candidates.ALL).size());
        assertEquals(1440, split.users(Candidates.NEW).size());
        Judge judge = new Judge(split, 2);
        Map<Candidates, Quality> popularity = judge.of(new MostBought(split.before()));
        assertQuality(0.0590, 0.0870, popularity.get(Candidates.ALL));
        assertQuality(0.0376, 0.0380, popularity.get(Candidates.NEW));
        Map<Candidates, Quality> own = judge.of(new OwnPurchases(split.before()));
        assertQuality(0.2397, 0.3443, own.get(Candidates.ALL));
    }
}
