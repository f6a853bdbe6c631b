package dev.persona.evaluate.history;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.RuntimeJsonMappingException;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvParser;

import dev.persona.demo.progress.DemoFailure;
import dev.persona.demo.retail.PlainOrGzipped;
import dev.persona.demo.retail.RetailFile;
import dev.persona.demo.retail.RetailLine;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * A file of events, comma-separated with names in the first line, plain or gzipped.
 *
 * @param events in the order of the file
 * @param leftOut how many lines are not among them: cancelled, of nobody, about no product, without
 *     quantity or price
 * @param isOnlineRetail whether it is the Online Retail data set as it stands, read by its own
 *     rules
 */
public record EventFile(List<LoggedEvent> events, long leftOut, boolean isOnlineRetail) {

    /**
     * Reads a file.
     *
     * @param columns which column tells what; may be empty for a file with the header of the Online
     *     Retail data set, which is then read as {@link RetailFile} does
     * @throws DemoFailure when it cannot be read, or not with these columns
     */
    public static EventFile read(Path file, Optional<Columns> columns) {
        if (!Files.isRegularFile(file)) {
            throw new DemoFailure("there is no file [" + file + "]");
        }
        try {
            if (columns.isPresent()) {
                return mapped(file, columns.get());
            }
            List<String> header = header(file);
            if (!header.equals(RetailFile.HEADER)) {
                throw new DemoFailure(
                        "[%s] is not the Online Retail data set; name the columns with"
                                        .formatted(file)
                                + " --user-column, --item-column and --time-column. It has "
                                + shown(header));
            }
            return retail(RetailFile.read(file));
        } catch (RuntimeJsonMappingException | JacksonException e) {
            throw new DemoFailure(
                    "[" + file + "] is not comma-separated values: " + e.getMessage(), e);
        } catch (IOException e) {
            throw new DemoFailure("[" + file + "] cannot be read: " + e.getMessage(), e);
        }
    }

    private static EventFile retail(RetailFile file) {
        List<LoggedEvent> events = new ArrayList<>();
        for (RetailLine line : file.lines()) {
            line.customer().ifPresent(customer -> events.add(event(line, customer)));
        }
        long leftOut = file.leftOut().values().stream().mapToLong(Integer::longValue).sum();
        return new EventFile(
                List.copyOf(events), leftOut + file.lines().size() - events.size(), true);
    }

    private static LoggedEvent event(RetailLine line, String customer) {
        return new LoggedEvent(
                line.invoice() + "-" + line.number(),
                customer,
                line.code(),
                LoggedEvent.PURCHASE,
                line.at(),
                line.invoice(),
                line.quantity(),
                OptionalDouble.of(line.price()),
                Optional.of(line.description()).filter(text -> !text.isEmpty()));
    }

    private static List<String> header(Path file) throws IOException {
        try (InputStream in = PlainOrGzipped.open(file);
                MappingIterator<String[]> rows = rows(in)) {
            return header(rows);
        }
    }

    private static List<String> header(MappingIterator<String[]> rows) {
        List<String> header = new ArrayList<>();
        if (rows.hasNext()) {
            header.addAll(List.of(rows.next()));
            header.set(0, header.getFirst().replace("\uFEFF", ""));
        }
        return header;
    }

    private static EventFile mapped(Path file, Columns columns) throws IOException {
        try (InputStream in = PlainOrGzipped.open(file);
                MappingIterator<String[]> rows = rows(in)) {
            List<String> header = header(rows);
            for (String name : columns.names()) {
                if (!header.contains(name)) {
                    throw new DemoFailure(
                            "[%s] has no column [%s]; it has %s"
                                    .formatted(file, name, shown(header)));
                }
            }
            EventLineReader reader = new EventLineReader(columns, header);
            List<LoggedEvent> events = new ArrayList<>();
            long number = 0;
            while (rows.hasNext()) {
                number++;
                try {
                    reader.read(rows.next(), number).ifPresent(events::add);
                } catch (IllegalArgumentException e) {
                    throw new DemoFailure(
                            "[%s] line %d after the header cannot be read: %s"
                                    .formatted(file, number, e.getMessage()),
                            e);
                }
            }
            return new EventFile(List.copyOf(events), number - events.size(), false);
        }
    }

    private static MappingIterator<String[]> rows(InputStream in) throws IOException {
        return new CsvMapper()
                .readerFor(String[].class)
                .with(CsvParser.Feature.WRAP_AS_ARRAY)
                .readValues(in);
    }

    private static String shown(List<String> header) {
        String names = String.join(", ", header).replaceAll("\\p{Cntrl}", "?");
        int most = 300;
        return "the columns ["
                + (names.length() > most ? names.substring(0, most) + "..." : names)
                + "]";
    }
}
