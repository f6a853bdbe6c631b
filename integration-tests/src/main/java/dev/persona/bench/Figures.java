package dev.persona.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.persona.client.ElasticsearchClient;

import java.math.BigDecimal;
import java.math.MathContext;

/**
 * What a benchmark found, printed as the last line of standard output: {@code {"name": "chaos",
 * "figures": {"events": 200000, ...}}}.
 */
public final class Figures {

    private final ObjectNode line;
    private final ObjectNode figures;

    /**
     * @param name of the benchmark
     */
    public Figures(String name) {
        line = ElasticsearchClient.JSON.createObjectNode().put("name", name);
        figures = line.putObject("figures");
    }

    private Figures(ObjectNode line, ObjectNode figures) {
        this.line = line;
        this.figures = figures;
    }

    /** Figures of a name of their own among these; the same ones when asked again. */
    public Figures group(String name) {
        return new Figures(
                line,
                figures.get(name) instanceof ObjectNode there ? there : figures.putObject(name));
    }

    /** Adds a count. */
    public Figures put(String name, long count) {
        figures.put(name, count);
        return this;
    }

    /** Adds a measured number, rounded to 4 digits that count. */
    public Figures put(String name, double value) {
        figures.put(name, rounded(value));
        return this;
    }

    private static double rounded(double value) {
        return Double.isFinite(value)
                ? new BigDecimal(value).round(new MathContext(4)).doubleValue()
                : 0;
    }

    /** The figure of that name; a missing node when there is none. */
    public JsonNode get(String name) {
        return figures.path(name);
    }

    /** The line. */
    @Override
    public String toString() {
        return line.toString();
    }
}
