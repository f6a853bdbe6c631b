package dev.persona.plugin.profile;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;

import dev.persona.plugin.catalog.Catalog;
import dev.persona.plugin.catalog.Tagging;
import dev.persona.plugin.json.Json;
import dev.persona.profiling.profile.BuyerFigures;
import dev.persona.profiling.profile.Profile;
import dev.persona.profiling.profile.ProfileJson;
import dev.persona.profiling.profile.ProfileRules;

import org.apache.lucene.util.BytesRef;
import org.elasticsearch.common.bytes.BytesReference;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The document of one user in the profiles index.
 *
 * <p>The document of a user id that was merged into another one says only where to; until it has
 * been taken over there it keeps its profile as it was.
 *
 * @param profile what the user likes, made of events
 * @param applied which events those are
 * @param stated what the shop has said of the user
 * @param mergedInto the user whom this id's events count for instead
 * @param claims user ids that are being merged into this one, with the time in milliseconds
 * @param interests interest vector by slot, as they were when the document was written
 * @param tags of the user, as they were when the document was written
 * @param segment name of the segment that the user was in when the document was written; none of an
 *     id that was merged into another, nor of who objects to tracking
 */
public record ProfileDocument(
        Profile profile,
        Applied applied,
        Stated stated,
        Optional<String> mergedInto,
        Map<String, Long> claims,
        Map<String, Interest> interests,
        Tags tags,
        Optional<String> segment) {
    // A field's name stands in the source as it is where it occurs first, in JSON and in Smile.
    private static final byte[] MERGED_INTO = "merged_into".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] SEVERAL = Applied.SEVERAL.getBytes(StandardCharsets.US_ASCII);
    private static final byte[] TRACKING = "tracking".getBytes(StandardCharsets.US_ASCII);

    private static final long CLAIM_HOLDS = 60_000;

    /** Makes the maps unmodifiable. */
    public ProfileDocument {
        claims = Collections.unmodifiableMap(new TreeMap<>(claims));
        interests = Collections.unmodifiableMap(new TreeMap<>(interests));
        if (mergedInto.isPresent() || !stated.tracking()) {
            segment = Optional.empty();
        }
    }

    /** The document of a user who has none yet. */
    public static ProfileDocument empty(ProfileRules rules) {
        return new ProfileDocument(
                new Profile(rules),
                Applied.NOTHING,
                Stated.NOTHING,
                Optional.empty(),
                Map.of(),
                Map.of(),
                Tags.NONE,
                Optional.empty());
    }

    /**
     * Where the source of a document leads on to, if it does. Quick enough for any thread: nearly
     * all documents lead nowhere, and are not parsed to know it.
     */
    public static Optional<String> mergedInto(BytesReference source) {
        return contains(source.toBytesRef(), MERGED_INTO)
                ? Optional.ofNullable(Json.readStored(source).path("merged_into").textValue())
                : Optional.empty();
    }

    /**
     * Whether the source of a document holds events of several ids; as quick, if perhaps wrongly
     * so.
     */
    public static boolean holdsSeveralIds(BytesReference source) {
        return contains(source.toBytesRef(), SEVERAL);
    }

    /** Whether the user of a document agrees to being tracked; as quick. */
    public static boolean agreesToTracking(BytesReference source) {
        return !contains(source.toBytesRef(), TRACKING)
                || Json.readStored(source).path("tracking").asBoolean(true);
    }

    private static boolean contains(BytesRef text, byte[] part) {
        int last = text.offset + text.length - part.length;
        for (int start = text.offset; start <= last; start++) {
            int same = 0;
            while (same < part.length && text.bytes[start + same] == part[same]) {
                same++;
            }
            if (same == part.length) {
                return true;
            }
        }
        return false;
    }

    /** Reads the source of a document. */
    public static ProfileDocument read(BytesReference source, ProfileRules rules) {
        JsonNode json = Json.readStored(source);
        Map<String, Interest> interests = new HashMap<>();
        json.path("generations")
                .properties()
                .forEach(
                        used ->
                                interests.put(
                                        used.getKey(),
                                        new Interest(
                                                used.getValue().asInt(),
                                                Interest.read(
                                                        json.path(
                                                                Catalog.interestVectorField(
                                                                        used.getKey()))))));
        Map<String, Long> claims = new TreeMap<>();
        json.path("claims")
                .properties()
                .forEach(claim -> claims.put(claim.getKey(), claim.getValue().asLong()));
        return new ProfileDocument(
                ProfileJson.read(json.path("profile"), rules),
                Applied.read(json.path("applied")),
                Stated.read(json),
                Optional.ofNullable(json.path("merged_into").textValue()),
                claims,
                interests,
                Tags.read(json),
                Optional.ofNullable(json.path("segment").textValue()));
    }

    /** The source of the document, in Smile. */
    public byte[] source(String user) {
        return Json.smile(
                json -> {
                    json.writeStartObject();
                    json.writeStringField("user_id", user);
                    if (mergedInto.isPresent()) {
                        json.writeStringField("merged_into", mergedInto.get());
                    }
                    stated.write(json);
                    if (!profile.isEmpty()) {
                        json.writeNumberField("first_seen", profile.firstSeen());
                        json.writeNumberField("last_seen", profile.lastSeen());
                        json.writeFieldName("profile");
                        ProfileJson.write(profile, json);
                        writeFigures(json);
                        Likes.write(profile, json);
                    }
                    tags.write(json);
                    if (segment.isPresent()) {
                        json.writeStringField("segment", segment.get());
                    }
                    applied.write(json, user);
                    writeNumbers(json, "claims", claims);
                    writeInterests(json);
                    json.writeEndObject();
                });
    }

    private void writeInterests(JsonGenerator json) throws IOException {
        if (interests.isEmpty()) {
            return;
        }
        json.writeObjectFieldStart("generations");
        for (Map.Entry<String, Interest> interest : interests.entrySet()) {
            json.writeNumberField(interest.getKey(), interest.getValue().generation());
        }
        json.writeEndObject();
        for (Map.Entry<String, Interest> interest : interests.entrySet()) {
            json.writeArrayFieldStart(Catalog.interestVectorField(interest.getKey()));
            for (float number : interest.getValue().vector()) {
                json.writeNumber(number);
            }
            json.writeEndArray();
        }
    }

    /** Numbers of the profile in a place where all documents' can be read without the profiles. */
    private void writeFigures(JsonGenerator json) throws IOException {
        BuyerFigures figures = BuyerFigures.of(profile);
        if (figures.isEmpty()) {
            return;
        }
        json.writeObjectFieldStart("rfm");
        if (figures.lastDay().isPresent()) {
            json.writeNumberField("last_day", figures.lastDay().getAsInt());
            json.writeNumberField("days", figures.days());
            json.writeNumberField("monetary", figures.monetary());
        }
        if (figures.meanLogPrice().isPresent()) {
            json.writeNumberField("mean_log_price", figures.meanLogPrice().getAsDouble());
        }
        json.writeEndObject();
    }

    /** Writes an object of numbers, unless there are none. */
    static void writeNumbers(JsonGenerator json, String name, Map<String, Long> numbers)
            throws IOException {
        if (!numbers.isEmpty()) {
            json.writeObjectFieldStart(name);
            for (Map.Entry<String, Long> number : numbers.entrySet()) {
                json.writeNumberField(number.getKey(), number.getValue());
            }
            json.writeEndObject();
        }
    }

    /**
     * The document as it counts for an events index. One that was made from another index, as after
     * a restore from a snapshot, starts anew: the events are read again from their beginning, and
     * which of them it holds cannot be told.
     */
    public ProfileDocument current(String eventsUuid, ProfileRules rules) {
        return applied.indexUuid().equals(eventsUuid)
                ? this
                : withProfile(new Profile(rules), new Applied(eventsUuid, Map.of()));
    }

    /** The same user with another profile. */
    public ProfileDocument withProfile(Profile other, Applied events) {
        return new ProfileDocument(
                other, events, stated, mergedInto, claims, interests, tags, segment);
    }

    /** The same profile, said to hold the events of a user id up to an operation. */
    public ProfileDocument upTo(String user, long operation) {
        return withProfile(profile, applied.upTo(user, operation));
    }

    /** The same with what the shop says of the user. */
    public ProfileDocument withStated(Stated said) {
        return new ProfileDocument(
                profile, applied, said, mergedInto, claims, interests, tags, segment);
    }

    /** The same with the tags that the user has now; for whoever is about to write it. */
    public ProfileDocument tagged(Tagging tagging, long now) {
        return withTags(Tags.atWrite(this, tagging, now));
    }

    /** The same with other tags. */
    public ProfileDocument withTags(Tags others) {
        return new ProfileDocument(
                profile, applied, stated, mergedInto, claims, interests, others, segment);
    }

    /** The same with the segment that the user is in now. */
    public ProfileDocument withSegment(Optional<String> other) {
        return new ProfileDocument(
                profile, applied, stated, mergedInto, claims, interests, tags, other);
    }

    /**
     * Whether users such as this one are told apart: there are events, which count for no other
     * user, and the user agrees to tracking.
     */
    public boolean belongsToASegment() {
        return !profile.isEmpty() && mergedInto.isEmpty() && stated.tracking();
    }

    /** The same with other interest vectors, by slot. */
    public ProfileDocument withInterests(Map<String, Interest> others) {
        return new ProfileDocument(
                profile, applied, stated, mergedInto, claims, others, tags, segment);
    }

    /** The same with other claims. */
    public ProfileDocument withClaims(Map<String, Long> others) {
        return new ProfileDocument(
                profile, applied, stated, mergedInto, others, interests, tags, segment);
    }

    /** The same without a claim. */
    public ProfileDocument withoutClaim(String user) {
        Map<String, Long> left = new HashMap<>(claims);
        left.remove(user);
        return withClaims(left);
    }

    /** The same, sending this id's events to another user from now on. */
    public ProfileDocument into(String user) {
        return new ProfileDocument(
                profile, applied, stated, Optional.of(user), claims, interests, tags, segment);
    }

    /** The same, leading nowhere. */
    public ProfileDocument leadingNowhere() {
        return new ProfileDocument(
                profile, applied, stated, Optional.empty(), claims, interests, tags, segment);
    }

    /** Whether it says nothing, apart from where it leads. */
    public boolean holdsNothing() {
        return profile.isEmpty()
                && applied.seqNos().isEmpty()
                && stated.equals(Stated.NOTHING)
                && claims.isEmpty()
                && interests.isEmpty();
    }

    /**
     * Whether some id is being merged into this one right now. A claim that is older than a minute
     * was left by a node that died.
     *
     * @param now in milliseconds since 1970
     */
    public boolean isClaimed(long now) {
        return claims.values().stream().anyMatch(time -> now - time < CLAIM_HOLDS);
    }

    /** Whether it has taken over what another id had. */
    public boolean hasAbsorbed(String user) {
        return applied.seqNos().containsKey(user);
    }

    /** The ids that have been merged into a user, whose document this is. */
    public Set<String> mergedFrom(String user) {
        Set<String> ids = new TreeSet<>(applied.seqNos().keySet());
        ids.remove(user);
        return ids;
    }

    /**
     * Takes over what another id had: from now on its events count here.
     *
     * @param user the other id
     * @param other its document, of the same events index, which nobody changes any more
     */
    public ProfileDocument absorb(String user, ProfileDocument other) {
        profile.absorb(other.profile);
        return new ProfileDocument(
                profile,
                applied.and(other.applied).upTo(user, -1),
                stated.and(other.stated),
                mergedInto,
                withoutClaim(user).claims,
                // Those of neither: whoever reads or writes it next folds both in.
                Map.of(),
                tags,
                segment);
    }

    /** What remains of an id once another has taken over what it had. */
    public ProfileDocument stub(ProfileRules rules) {
        ProfileDocument nothing = empty(rules);
        return mergedInto.map(nothing::into).orElse(nothing);
    }

    /** The stored interest vector of a generation; empty when there is none. */
    public float[] interest(Catalog.Generation generation) {
        Interest stored = interests.get(generation.slot());
        return stored == null || stored.generation() != generation.number()
                ? new float[0]
                : stored.vector();
    }
}
