package dev.persona.plugin.catalog;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.persona.plugin.json.Json;
import dev.persona.profiling.event.EventType;
import dev.persona.profiling.json.InvalidFieldException;
import dev.persona.profiling.profile.Population;
import dev.persona.profiling.tag.TagRules;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/** What a catalog gives its users tags by: rules, and what all its users are like. */
public final class Tagging {
    private static final String RULES = "tags.rules";
    private static final String POPULATION = "tags.population";
    private static final String COMPUTED_AT = "computed_at";
    private static final String SWEPT = "tags.swept";

    /** Characters of rules as JSON; the cluster state is no place for more. */
    private static final int MOST_TEXT = 100_000;

    private final TagRules rules;
    private final Optional<Population> population;
    private final Optional<Instant> computedAt;
    private final String version;
    private final String swept;

    private Tagging(
            TagRules rules,
            Optional<Population> population,
            Optional<Instant> computedAt,
            String swept) {
        this.rules = rules;
        this.population = population;
        this.computedAt = computedAt;
        this.version = hash(rules.toJson() + "\n" + population.map(Population::toJson));
        this.swept = swept;
    }

    static Tagging read(Map<String, String> stored, CatalogSettings settings) {
        String text = stored.get(RULES);
        JsonNode json = text == null ? Json.config("tags.json") : Json.readText(text);
        Optional<JsonNode> population =
                Optional.ofNullable(stored.get(POPULATION)).map(Json::readText);
        return new Tagging(
                parse(json, settings),
                population.map(Population::read),
                population.map(p -> Instant.parse(p.path(COMPUTED_AT).asText())),
                stored.getOrDefault(SWEPT, ""));
    }

    /**
     * Reads rules for a catalog.
     *
     * @throws InvalidFieldException naming the field at fault
     */
    public static TagRules parse(JsonNode json, CatalogSettings settings) {
        TagRules rules =
                TagRules.parse(
                        json,
                        settings.customEvents().keySet().stream()
                                .map(EventType::id)
                                .collect(Collectors.toSet()));
        int length = json.toString().length();
        if (length > MOST_TEXT) {
            throw new InvalidFieldException(
                    "tags", "must be at most " + MOST_TEXT + " characters of JSON, was " + length);
        }
        return rules;
    }

    static Map<String, String> change(TagRules rules) {
        return Map.of(RULES, rules.toJson().toString());
    }

    static Map<String, String> change(Population population, Instant computedAt) {
        ObjectNode json = population.toJson();
        json.put(COMPUTED_AT, computedAt.toString());
        return Map.of(POPULATION, json.toString());
    }

    static Map<String, String> swept(Tagging by) {
        return Map.of(SWEPT, by.version);
    }

    private static String hash(String text) {
        try {
            byte[] hash =
                    MessageDigest.getInstance("SHA-256")
                            .digest(text.getBytes(StandardCharsets.UTF_8));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        }
    }

    /** When a user has which tag. */
    public TagRules rules() {
        return rules;
    }

    /** What the users are like; empty before it was computed. */
    public Optional<Population> population() {
        return population;
    }

    /** When that was computed. */
    public Optional<Instant> computedAt() {
        return computedAt;
    }

    /** Whether all profiles have been looked at since rules and population are as they are. */
    public boolean isSwept() {
        return version.equals(swept);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Tagging that
                && version.equals(that.version)
                && computedAt.equals(that.computedAt)
                && swept.equals(that.swept);
    }

    @Override
    public int hashCode() {
        return Objects.hash(version, computedAt, swept);
    }
}
