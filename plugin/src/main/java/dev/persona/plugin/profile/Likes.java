package dev.persona.plugin.profile;

import com.fasterxml.jackson.core.JsonGenerator;

import dev.persona.profiling.profile.Profile;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a user likes most, by attribute, in a place where users can be searched by it: the profile
 * itself is not indexed, as every value of every user would be.
 */
final class Likes {
    /** How many values of an attribute there are at most. */
    private static final int MOST_VALUES = 5;

    private Likes() {}

    static void write(Profile profile, JsonGenerator json) throws IOException {
        Map<String, List<String>> likes = new TreeMap<>();
        for (String attribute : profile.affinities().attributes()) {
            List<String> dearest = profile.affinities().dearest(attribute, MOST_VALUES);
            if (!dearest.isEmpty()) {
                likes.put(attribute, dearest);
            }
        }
        if (likes.isEmpty()) {
            return;
        }
        json.writeObjectFieldStart("likes");
        for (Map.Entry<String, List<String>> liked : likes.entrySet()) {
            json.writeArrayFieldStart(liked.getKey());
            for (String value : liked.getValue()) {
                json.writeString(value);
            }
            json.writeEndArray();
        }
        json.writeEndObject();
    }
}
