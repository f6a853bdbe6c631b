package dev.persona.bench.retail;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.persona.bench.Figures;
import dev.persona.local.Checkout;

import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** {@code ./persona bench recount}, where the data is there. */
class RetailRecountIT {

    /**
     * Lines of the file with a customer and a product, sold or cancelled; counted by other means.
     */
    private static final int EVENTS = 404_876;

    private static final int CUSTOMERS = 4362;

    @Test
    void everyFieldOfEveryProfileOfARealYearIsWhatARecountSays() {
        Path data = Checkout.locate().root().resolve(RecountOptions.USUAL_DATA);
        Assumptions.assumeTrue(Files.exists(data), () -> data + " is not there");
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        Figures figures =
                RetailRecount.run(
                        RecountOptions.of(data),
                        new PrintStream(printed, true, StandardCharsets.UTF_8));
        assertTrue(RetailRecount.holds(figures), figures + "\n" + printed);
        assertEquals(EVENTS, figures.get("events").asInt());
        assertEquals(CUSTOMERS, figures.get("users").asInt());
        assertEquals(EVENTS / 10.0, figures.get("duplicates").asInt(), EVENTS / 100.0);
    }
}
