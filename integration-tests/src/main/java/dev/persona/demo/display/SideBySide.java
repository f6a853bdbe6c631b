package dev.persona.demo.display;

import com.fasterxml.jackson.databind.JsonNode;

import dev.persona.demo.display.TextTable.Column;
import dev.persona.demo.node.Hit;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The same search without and with personalization, next to each other, at most 120 characters
 * wide, with how far each hit moved and why.
 */
public final class SideBySide {

    private final String label;

    /**
     * @param label the attribute shown beside the title, such as brand
     */
    public SideBySide(String label) {
        this.label = label;
    }

    /**
     * The lines of the table.
     *
     * @param firstPass hits as text search ranks them, at least {@code rows}
     * @param personalized the re-ordered window, with explanations
     * @param rows how many hits to show
     */
    public List<String> lines(List<Hit> firstPass, List<Hit> personalized, int rows) {
        TextTable table =
                new TextTable(
                        List.of(
                                Column.number("#", 2),
                                Column.text("text only", 22),
                                Column.text(label, 10),
                                Column.number("price", 7),
                                Column.text("|", 1),
                                Column.number("move", 5),
                                Column.text("personalised", 23),
                                Column.text(label, 10),
                                Column.number("price", 7),
                                Column.text("why", 22)));
        Map<String, Integer> before = new HashMap<>();
        firstPass.forEach(hit -> before.put(hit.id(), before.size() + 1));
        Reasons reasons = new Reasons(personalized);
        for (int r = 0; r < Math.min(rows, Math.min(firstPass.size(), personalized.size())); r++) {
            Hit left = firstPass.get(r);
            Hit right = personalized.get(r);
            int was = before.getOrDefault(right.id(), firstPass.size() + 1);
            table.row(
                    String.valueOf(r + 1),
                    title(left),
                    left.source().path(label).asText(),
                    price(left.source()),
                    "|",
                    move(was - (r + 1)),
                    title(right),
                    right.source().path(label).asText(),
                    price(right.source()),
                    reasons.of(right, was >= r + 1));
        }
        return table.lines();
    }

    private static String title(Hit hit) {
        return hit.source().path("title").asText();
    }

    private static String price(JsonNode source) {
        return String.format(Locale.ROOT, "%.2f", source.path("price").asDouble());
    }

    private static String move(int places) {
        return places == 0 ? "=" : (places > 0 ? "↑" : "↓") + Math.abs(places);
    }
}
