package dev.persona.profiling.profile;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.TokenBuffer;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;

/**
 * Profiles as JSON: as they are stored, and as they are shown. Each part writes, reads and shows
 * itself; here they are put together.
 */
public final class ProfileJson {
    private static final ObjectMapper JSON = new ObjectMapper();

    private ProfileJson() {}

    /**
     * Writes the whole state as one object; {@link #read} gives back a profile that goes on as if
     * never stored. Parts without anything in them are left out.
     */
    public static void write(Profile profile, JsonGenerator json) throws IOException {
        json.writeStartObject();
        if (!profile.isEmpty()) {
            json.writeNumberField("first_seen", profile.firstSeen);
            json.writeNumberField("last_seen", profile.lastSeen);
            profile.events.write(json);
            profile.affinities.write(json);
            profile.prices.write(json);
            profile.purchases.write(json);
            profile.activeTimes.write(json);
            profile.channels.write(json);
            profile.sessions.write(json);
            profile.recentItems.write(json);
        }
        json.writeEndObject();
    }

    /** What {@link #write} writes, as a tree. Equal profiles have equal trees. */
    public static ObjectNode stored(Profile profile) {
        try (TokenBuffer buffer = new TokenBuffer(JSON, false)) {
            write(profile, buffer);
            return JSON.readTree(buffer.asParser());
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory", e);
        }
    }

    /** Reads what {@link #write} wrote. */
    public static Profile read(JsonNode json, ProfileRules rules) {
        Profile profile = new Profile(rules);
        if (json.isEmpty()) {
            return profile;
        }
        profile.firstSeen = json.path("first_seen").asLong();
        profile.lastSeen = json.path("last_seen").asLong();
        profile.events.read(json.path("events"));
        profile.affinities.read(json.path("affinities"));
        profile.prices.read(json);
        profile.purchases.read(json.path("purchases"));
        profile.activeTimes.read(json);
        profile.channels.read(json.path("channels"));
        profile.sessions.read(json);
        profile.recentItems.read(json.path("recent"));
        return profile;
    }

    /**
     * For people: times as ISO-8601, sums faded to a time, prices as prices, numbers that are not
     * whole with four decimals.
     *
     * @param now time in milliseconds since 1970 that sums are given for and whose day is today
     */
    public static ObjectNode shown(Profile profile, long now) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        if (profile.isEmpty()) {
            return json;
        }
        ForwardDecay decay = profile.rules().decay();
        int today = profile.calendar().day(now);
        json.put("first_seen", Instant.ofEpochMilli(profile.firstSeen).toString());
        json.put("last_seen", Instant.ofEpochMilli(profile.lastSeen).toString());
        json.set("events", profile.events.shown(now, today, decay));
        json.set("affinities", profile.affinities.shown(now, decay));
        if (profile.price().isKnown()) {
            json.set("price", profile.prices.shown(now, decay));
        }
        json.set("purchases", profile.purchases.shown());
        json.set("active_hours", profile.activeTimes.shownHours());
        json.set("active_weekdays", profile.activeTimes.shownWeekdays());
        json.set("channels", profile.channels.shown());
        json.put("sessions", profile.sessions.count());
        json.set("recent_items", profile.recentItems.shown(now));
        return json;
    }
}
