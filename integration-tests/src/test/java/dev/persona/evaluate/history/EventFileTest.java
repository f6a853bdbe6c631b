package dev.persona.evaluate.history;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.persona.demo.progress.DemoFailure;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

class EventFileTest {

    private static final String RETAIL =
            "InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country\n"
                    + "536365,85123A,HOLDER,6,2010-12-01T08:26:00Z,2.55,17850,United Kingdom\n"
                    + "536366,85123A,HOLDER,6,2010-12-01T08:28:00Z,2.55,,United Kingdom\n"
                    + "C536379,85123A,HOLDER,-1,2010-12-01T09:41:00Z,27.5,14527,France\n"
                    + "536370,POST,POSTAGE,3,2010-12-01T08:45:00Z,18,12583,France\n";

    private static final String OWN =
            "\uFEFFwhat,who,when,pieces,each,kind\n"
                    + "p1,u1,1320135960,2,1.50,purchase\n"
                    + "p2,u1,1320135961,0,1.50,purchase\n"
                    + "p2,u1,1320135961,1,,purchase\n"
                    + "p2,,1320135961,1,1.50,purchase\n"
                    + "p2,u2,1320135961,1.0,1,view\n";

    @TempDir Path folder;

    private EventFile read(String text, Optional<Columns> columns) throws IOException {
        Path file = folder.resolve("events.csv");
        Files.writeString(file, text);
        return EventFile.read(file, columns);
    }

    private String failure(String text, Optional<Columns> columns) {
        return assertThrows(DemoFailure.class, () -> read(text, columns)).getMessage();
    }

    private static Optional<Columns> columns(String user, Optional<String> type) {
        return Optional.of(
                new Columns(
                        user,
                        "what",
                        "when",
                        Optional.empty(),
                        type,
                        Optional.of("pieces"),
                        Optional.of("each"),
                        Optional.empty(),
                        TimeFormat.USUAL));
    }

    @Test
    void onlineRetailIsKnownByItsHeaderAndKeepsWhatACustomerBought() throws IOException {
        EventFile file = read(RETAIL, Optional.empty());
        assertEquals(
                List.of(
                        new LoggedEvent(
                                "536365-1",
                                "17850",
                                "85123A",
                                "purchase",
                                Instant.parse("2010-12-01T08:26:00Z"),
                                "536365",
                                6,
                                OptionalDouble.of(2.55),
                                Optional.of("HOLDER"))),
                file.events());
        assertEquals(3, file.leftOut());
        assertTrue(file.isOnlineRetail());
    }

    @Test
    void namedColumnsTellWhoDidWhatAndLinesWithoutThatAreLeftOut() throws IOException {
        EventFile file = read(OWN, columns("who", Optional.of("kind")));
        assertEquals(
                List.of(
                        new LoggedEvent(
                                "line-1",
                                "u1",
                                "p1",
                                "purchase",
                                Instant.parse("2011-11-01T08:26:00Z"),
                                "2011-11-01",
                                2,
                                OptionalDouble.of(1.5),
                                Optional.empty()),
                        new LoggedEvent(
                                "line-5",
                                "u2",
                                "p2",
                                "view",
                                Instant.parse("2011-11-01T08:26:01Z"),
                                "2011-11-01",
                                1,
                                OptionalDouble.of(1),
                                Optional.empty())),
                file.events());
        assertEquals(3, file.leftOut());
        assertFalse(file.isOnlineRetail());
    }

    @Test
    void withoutAColumnOfTypesEveryLineIsAPurchase() throws IOException {
        assertTrue(
                read(OWN, columns("who", Optional.empty())).events().stream()
                        .allMatch(LoggedEvent::isPurchase));
    }

    @Test
    void aMissingColumnIsNamedWithThoseThatAreThere() {
        String said = failure(OWN, columns("customer", Optional.empty()));
        assertTrue(
                said.endsWith(
                        "has no column [customer]; it has the columns [what, who, when, pieces,"
                                + " each, kind]"),
                said);
    }

    @Test
    void aFileOfAnotherKindIsToldHowToNameItsColumns() {
        String said = failure(OWN, Optional.empty());
        assertTrue(said.contains("--user-column"), said);
        assertTrue(said.endsWith("[what, who, when, pieces, each, kind]"), said);
    }

    @Test
    void aLineThatCannotBeReadIsNamedWithWhatIsWrong() {
        String unknownType =
                failure(OWN.replace("view", "watch"), columns("who", Optional.of("kind")));
        assertTrue(unknownType.contains("line 5 after the header"), unknownType);
        assertTrue(unknownType.contains("[watch] is no event type about an item; known: [view,"));
        String wrongTime =
                failure(OWN.replace("1320135960", "yesterday"), columns("who", Optional.empty()));
        assertTrue(wrongTime.contains("line 1") && wrongTime.contains("[yesterday]"), wrongTime);
        String tooShort = failure(OWN + "p1,u1\n", columns("who", Optional.empty()));
        assertTrue(tooShort.contains("line 6") && tooShort.contains("expected 6"), tooShort);
    }

    @Test
    void aFileThatIsNotThereIsSaid() {
        assertThrows(
                DemoFailure.class,
                () -> EventFile.read(folder.resolve("none.csv"), Optional.empty()));
    }
}
