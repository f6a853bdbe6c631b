package dev.persona.plugin.profile;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;

import dev.persona.plugin.catalog.Tagging;
import dev.persona.profiling.tag.TagView;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;

/**
 * The tags of a document.
 *
 * @param names of the tags, in the order of the alphabet
 * @param due number of the local day from which on they have to be looked at again; empty where
 *     there is nobody to tag
 */
public record Tags(List<String> names, OptionalLong due) {
    /** Nobody to tag: an id that was merged into another. */
    public static final Tags NONE = new Tags(List.of(), OptionalLong.empty());

    /** Copies the names. */
    public Tags {
        names = List.copyOf(names);
    }

    /**
     * The tags of a document that is being written, to be looked at again tomorrow. To find the
     * exact day takes up to 32 looks (measured with the shipped rules: 12 microseconds, where one
     * takes 1), and a document that is written now will most likely be written again soon. The
     * upkeep of the next day finds it for those that are not.
     */
    static Tags atWrite(ProfileDocument document, Tagging tagging, long now) {
        if (document.mergedInto().isPresent()) {
            return NONE;
        }
        return new Tags(
                List.copyOf(names(document, tagging, now)),
                OptionalLong.of(document.profile().calendar().day(now) + 1L));
    }

    /** The tags of a document with the day on which they change if nobody writes it. */
    public static Tags exact(ProfileDocument document, Tagging tagging, long now) {
        if (document.mergedInto().isPresent()) {
            return NONE;
        }
        return new Tags(
                List.copyOf(names(document, tagging, now)),
                OptionalLong.of(tagging.rules().nextChange(view(document, tagging, now))));
    }

    /** The tags of a document at a time, whatever is stored. */
    public static Set<String> names(ProfileDocument document, Tagging tagging, long now) {
        return tagging.rules().tags(view(document, tagging, now));
    }

    private static TagView view(ProfileDocument document, Tagging tagging, long now) {
        return new TagView(
                document.profile(), document.stated().values(), tagging.population(), now);
    }

    static Tags read(JsonNode document) {
        JsonNode due = document.path("tags_due");
        List<String> names = new ArrayList<>();
        document.path("tags").forEach(name -> names.add(name.asText()));
        return new Tags(
                names, due.isNumber() ? OptionalLong.of(due.asLong()) : OptionalLong.empty());
    }

    void write(JsonGenerator json) throws IOException {
        if (!names.isEmpty()) {
            json.writeArrayFieldStart("tags");
            for (String name : names) {
                json.writeString(name);
            }
            json.writeEndArray();
        }
        if (due.isPresent()) {
            json.writeNumberField("tags_due", due.getAsLong());
        }
    }
}
