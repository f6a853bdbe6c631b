package dev.persona.plugin.catalog;

import dev.persona.profiling.json.InvalidFieldException;
import dev.persona.profiling.json.JsonFields;

import org.elasticsearch.core.TimeValue;

/** Reads lengths of time in Elasticsearch's notation, such as 30d. */
final class Times {
    private Times() {}

    /**
     * Reads a time within bounds.
     *
     * @throws InvalidFieldException when it is none, or out of bounds
     */
    static TimeValue parse(String field, String text, TimeValue least, TimeValue most) {
        String was = ", was [" + JsonFields.shorten(text) + "]";
        TimeValue time;
        try {
            time = TimeValue.parseTimeValue(text, field);
        } catch (IllegalArgumentException e) {
            throw new InvalidFieldException(field, "must be a time such as 30d" + was);
        }
        if (time.compareTo(least) < 0 || time.compareTo(most) > 0) {
            throw new InvalidFieldException(
                    field,
                    "must be from " + least.getStringRep() + " to " + most.getStringRep() + was);
        }
        return time;
    }
}
