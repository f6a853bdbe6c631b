package dev.persona.demo.retail;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.persona.demo.progress.DemoFailure;
import dev.persona.demo.retail.RetailFile.Reason;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;

class RetailFileTest {

    private static final String HEADER =
            "InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country\n";

    /** One line for each trap of the file. */
    private static final String TRAPS =
            HEADER
                    + "536365,85123a,\"LIGHT HOLDER,  \"\"WHITE\"\" \",6,2010-12-01T08:26:00Z,2.55,"
                    + "17850,United Kingdom\n"
                    + "C536379,85123A,LIGHT HOLDER,-1,2010-12-01T09:41:00Z,27.5,14527,France\n"
                    + "536370,POST,POSTAGE,3,2010-12-01T08:45:00Z,18,12583,France\n"
                    + "536414,22139,,56,2010-12-01T11:52:00Z,0,,United Kingdom\n"
                    + "536415,22139,SPOONS,-5,2010-12-01T11:53:00Z,1.25,,United Kingdom\n"
                    + "536544,21773,ROSE BOTTLE,1,2010-12-01T14:32:00Z,2.51,,United Kingdom\n";

    @TempDir Path folder;

    private Path file(String name, String text, boolean gzipped) throws IOException {
        Path file = folder.resolve(name);
        try (OutputStream raw = Files.newOutputStream(file);
                OutputStream out = gzipped ? new GZIPOutputStream(raw) : raw) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return file;
    }

    private String failure(String text) throws IOException {
        Path file = file("broken.csv", text, false);
        return assertThrows(DemoFailure.class, () -> RetailFile.read(file)).getMessage();
    }

    @Test
    void keepsWhatSoldAProductAndCountsTheRest() throws IOException {
        RetailFile data = RetailFile.read(file("traps.csv", TRAPS, false));
        assertEquals(
                List.of(
                        new RetailLine(
                                "536365",
                                1,
                                "85123A",
                                "LIGHT HOLDER, \"WHITE\"",
                                6,
                                2.55,
                                Instant.parse("2010-12-01T08:26:00Z"),
                                Optional.of("17850"),
                                "United Kingdom"),
                        new RetailLine(
                                "536544",
                                6,
                                "21773",
                                "ROSE BOTTLE",
                                1,
                                2.51,
                                Instant.parse("2010-12-01T14:32:00Z"),
                                Optional.empty(),
                                "United Kingdom")),
                data.lines());
        assertEquals(
                List.of(
                        new RetailLine(
                                "C536379",
                                2,
                                "85123A",
                                "LIGHT HOLDER",
                                1,
                                27.5,
                                Instant.parse("2010-12-01T09:41:00Z"),
                                Optional.of("14527"),
                                "France")),
                data.cancelled());
        assertEquals(
                Map.of(
                        Reason.CANCELLED,
                        1,
                        Reason.NOT_A_PRODUCT,
                        1,
                        Reason.NO_QUANTITY_OR_PRICE,
                        2),
                data.leftOut());
    }

    @Test
    void gzippedOrNotIsToldByTheContentNotTheName() throws IOException {
        RetailFile plain = RetailFile.read(file("plain.gz", TRAPS, false));
        assertEquals(plain, RetailFile.read(file("zipped.csv", TRAPS, true)));
    }

    @Test
    void aByteOrderMarkIsNoPartOfTheHeader() throws IOException {
        assertEquals(2, RetailFile.read(file("bom.csv", "\uFEFF" + TRAPS, false)).lines().size());
    }

    @Test
    void aFileOfAnotherKindIsToldTheHeaderThatIsExpected() throws IOException {
        String said = failure("id,name\n1,lamp\n");
        assertTrue(said.contains("[id,name]"), said);
        assertTrue(said.contains("[" + HEADER.strip() + "]"), said);
        assertTrue(failure("").contains(HEADER.strip()));
    }

    @Test
    void aLineThatCannotBeReadIsNamed() throws IOException {
        assertTrue(failure(HEADER + "1,12345,x\n").contains("line 1"));
        String said = failure(HEADER + "1,12345,X,many,2010-12-01T08:26:00Z,1,1,UK\n");
        assertTrue(said.contains("line 1") && said.contains("many"), said);
        assertTrue(failure(HEADER + "1,12345,X,1,yesterday,1,1,UK\n").contains("yesterday"));
    }

    @Test
    void aFileThatIsNotThereOrCutShortIsSaid() throws IOException {
        assertThrows(DemoFailure.class, () -> RetailFile.read(folder.resolve("none.csv")));
        Path whole = file("whole.csv.gz", TRAPS, true);
        byte[] bytes = Files.readAllBytes(whole);
        Path half = folder.resolve("half.csv.gz");
        Files.write(half, java.util.Arrays.copyOf(bytes, bytes.length / 2));
        assertThrows(DemoFailure.class, () -> RetailFile.read(half));
    }
}
