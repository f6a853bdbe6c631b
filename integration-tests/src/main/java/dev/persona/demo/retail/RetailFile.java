package dev.persona.demo.retail;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.RuntimeJsonMappingException;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvParser;

import dev.persona.demo.progress.DemoFailure;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Reads the file of the Online Retail data set (Chen, Sain and Guo 2012), plain or gzipped. Lines
 * that sold no product are counted by reason and left out; lines of unknown customers stay, for
 * they tell of the products.
 *
 * @param lines that sold a product, in the order of the file
 * @param cancelled lines that took a product back, in the order of the file; their quantities are
 *     of what came back
 * @param leftOut how many lines are not among them, by reason
 */
public record RetailFile(
        List<RetailLine> lines, List<RetailLine> cancelled, Map<Reason, Integer> leftOut) {

    /** Why a line sold no product. */
    public enum Reason {
        /** The invoice number begins with C. */
        CANCELLED,
        /** Postage, samples, bank charges: the stock code does not begin with five digits. */
        NOT_A_PRODUCT,
        /** A correction of the stock: nothing sold, or for nothing. */
        NO_QUANTITY_OR_PRICE
    }

    /** The first line of the file. */
    public static final List<String> HEADER =
            List.of(
                    "InvoiceNo",
                    "StockCode",
                    "Description",
                    "Quantity",
                    "InvoiceDate",
                    "UnitPrice",
                    "CustomerID",
                    "Country");

    private static final Pattern PRODUCT_CODE = Pattern.compile("\\d{5}.*");
    private static final int SHOWN_OF_A_HEADER = 80;

    /**
     * Reads a file.
     *
     * @throws DemoFailure when it cannot be read or is of another kind
     */
    public static RetailFile read(Path file) {
        if (!Files.isRegularFile(file)) {
            throw new DemoFailure("there is no file [" + file + "]");
        }
        try (InputStream in = PlainOrGzipped.open(file)) {
            return parse(in, file.toString());
        } catch (IOException e) {
            throw new DemoFailure("[" + file + "] cannot be read: " + e.getMessage(), e);
        }
    }

    /**
     * Reads comma-separated values.
     *
     * @param name of the file, for messages
     */
    static RetailFile parse(InputStream in, String name) throws IOException {
        try (MappingIterator<String[]> rows =
                new CsvMapper()
                        .readerFor(String[].class)
                        .with(CsvParser.Feature.WRAP_AS_ARRAY)
                        .readValues(in)) {
            checkHeader(rows, name);
            List<RetailLine> lines = new ArrayList<>();
            List<RetailLine> cancelled = new ArrayList<>();
            Map<Reason, Integer> leftOut = new EnumMap<>(Reason.class);
            int number = 0;
            while (rows.hasNext()) {
                String[] row = rows.next();
                number++;
                Optional<Reason> reason = add(row, number, name, lines, cancelled);
                reason.ifPresent(r -> leftOut.merge(r, 1, Integer::sum));
            }
            return new RetailFile(lines, cancelled, leftOut);
        } catch (RuntimeJsonMappingException | JacksonException e) {
            throw new DemoFailure(
                    "[" + name + "] is not comma-separated values: " + e.getMessage(), e);
        }
    }

    private static void checkHeader(MappingIterator<String[]> rows, String name) {
        List<String> header = rows.hasNext() ? new ArrayList<>(List.of(rows.next())) : List.of();
        if (!header.isEmpty()) {
            header.set(0, header.getFirst().replace("\uFEFF", ""));
        }
        if (!header.equals(HEADER)) {
            String found = String.join(",", header).replaceAll("\\p{Cntrl}", "?");
            throw new DemoFailure(
                    "[%s] is of another kind: its first line is [%s], expected [%s]"
                            .formatted(
                                    name,
                                    found.substring(0, Math.min(SHOWN_OF_A_HEADER, found.length())),
                                    String.join(",", HEADER)));
        }
    }

    private static Optional<Reason> add(
            String[] row,
            int number,
            String name,
            List<RetailLine> lines,
            List<RetailLine> cancelled) {
        if (row.length != HEADER.size()) {
            throw new DemoFailure(
                    "[%s] line %d after the header has %d values, expected %d"
                            .formatted(name, number, row.length, HEADER.size()));
        }
        String code = row[1].strip().toUpperCase(Locale.ROOT);
        boolean back = row[0].startsWith("C");
        if (!PRODUCT_CODE.matcher(code).matches()) {
            return Optional.of(back ? Reason.CANCELLED : Reason.NOT_A_PRODUCT);
        }
        try {
            int quantity = back ? -Integer.parseInt(row[3]) : Integer.parseInt(row[3]);
            double price = Double.parseDouble(row[5]);
            if (quantity <= 0 || !(price > 0)) {
                return Optional.of(back ? Reason.CANCELLED : Reason.NO_QUANTITY_OR_PRICE);
            }
            String customer = row[6].strip();
            (back ? cancelled : lines)
                    .add(
                            new RetailLine(
                                    row[0],
                                    number,
                                    code,
                                    row[2].strip().replaceAll("\\s+", " "),
                                    quantity,
                                    price,
                                    Instant.parse(row[4]),
                                    customer.isEmpty() ? Optional.empty() : Optional.of(customer),
                                    row[7].strip()));
            return back ? Optional.of(Reason.CANCELLED) : Optional.empty();
        } catch (NumberFormatException | DateTimeParseException e) {
            throw new DemoFailure(
                    "[%s] line %d after the header cannot be read: %s"
                            .formatted(name, number, e.getMessage()),
                    e);
        }
    }
}
