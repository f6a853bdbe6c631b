package dev.persona.profiling;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ObjIntConsumer;
import java.util.zip.GZIPInputStream;

/** The purchases of a real shop, where the data is; tests skip themselves where it is not. */
public final class OnlineRetail {
    private static final Path FILE =
            Path.of("..", "..", "shared", "data", "online-retail", "online_retail.csv.gz");

    /** InvoiceNo, StockCode, Description, Quantity, InvoiceDate, UnitPrice, CustomerID, Country. */
    private static final int COLUMNS = 8;

    private OnlineRetail() {}

    /** Whether there is anything to read. */
    public static boolean isHere() {
        return Files.exists(FILE);
    }

    /** Hands over the columns of each line and its number, from 0, leaving out the names on top. */
    public static void forEachLine(ObjIntConsumer<List<String>> lines) throws IOException {
        try (BufferedReader reader =
                new BufferedReader(
                        new InputStreamReader(
                                new GZIPInputStream(Files.newInputStream(FILE)),
                                StandardCharsets.UTF_8))) {
            String line = reader.readLine();
            for (int number = 0; (line = reader.readLine()) != null; number++) {
                List<String> fields = fields(line);
                assertEquals(COLUMNS, fields.size(), line);
                lines.accept(fields, number);
            }
        }
    }

    /** One line of CSV: fields in quotes may hold commas, and quotes twice. */
    private static List<String> fields(String line) {
        List<String> fields = new ArrayList<>();
        StringBuilder field = new StringBuilder();
        boolean quoted = false;
        for (char c : line.toCharArray()) {
            if (c == '"') {
                quoted = !quoted;
            } else if (c == ',' && !quoted) {
                fields.add(field.toString());
                field.setLength(0);
            } else {
                field.append(c);
            }
        }
        fields.add(field.toString());
        return fields;
    }
}
