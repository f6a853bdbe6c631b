package dev.persona.plugin.recommend;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.persona.plugin.json.Json;
import dev.persona.profiling.json.InvalidFieldException;
import dev.persona.profiling.json.JsonFields;
import dev.persona.ranking.recommend.Source;

import org.elasticsearch.index.query.QueryBuilder;
import org.elasticsearch.index.query.WrapperQueryBuilder;
import org.elasticsearch.search.fetch.subphase.FetchSourceContext;

import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * What a call for recommendations asks for.
 *
 * @param user whom to recommend to; empty when it is for items or a session
 * @param items items to find similar ones for; empty when it is for a user or a session
 * @param session events of somebody whom nobody knows, an array; empty when it is for a user or
 *     items
 * @param size how many items are wanted
 * @param filter which products may be recommended, as query DSL
 * @param exclude which items the user knows already are left out
 * @param diversity how many items may share a value
 * @param sources where candidates may come from
 * @param explain whether each item says how its score came about
 * @param source what of each product's _source is wanted
 */
record RecommendCall(
        Optional<String> user,
        List<String> items,
        Optional<ArrayNode> session,
        int size,
        Optional<QueryBuilder> filter,
        Set<Exclusion> exclude,
        Optional<Diversity> diversity,
        Set<Source> sources,
        boolean explain,
        FetchSourceContext source) {
    private static final int MOST = 1000;
    private static final int USUAL = 10;
    private static final int MOST_SEEDS = 100;
    private static final int MOST_EVENTS = 500;

    /**
     * How many items may share a value of a field.
     *
     * @param field a field with doc values
     * @param max at least 1
     */
    record Diversity(String field, int max) {}

    /**
     * Reads a body.
     *
     * @throws InvalidFieldException that names the field at fault
     */
    static RecommendCall read(JsonNode json) {
        JsonFields body = JsonFields.of(json, "body");
        Optional<String> user = body.string("user");
        List<String> items = body.strings("items");
        Optional<ArrayNode> session = body.any("session").map(RecommendCall::session);
        int asked = (user.isPresent() ? 1 : 0) + (items.isEmpty() ? 0 : 1);
        if (asked + (session.isPresent() ? 1 : 0) != 1) {
            throw new InvalidFieldException(
                    "body", "must hold one of [user], [items] and [session]");
        }
        if (user.isPresent() && user.get().isEmpty()) {
            throw new InvalidFieldException("user", "must not be empty");
        }
        if (items.size() > MOST_SEEDS) {
            throw new InvalidFieldException(
                    "items", "must be at most " + MOST_SEEDS + ", were " + items.size());
        }
        RecommendCall call =
                new RecommendCall(
                        user,
                        items,
                        session,
                        body.integer("size", 1, MOST).orElse(USUAL),
                        body.object("filter").isPresent()
                                ? body.any("filter").map(RecommendCall::query)
                                : Optional.empty(),
                        exclusions(body),
                        body.object("diversity").map(RecommendCall::diversity),
                        sources(body),
                        body.flag("explain").orElse(false),
                        source(body));
        // Taken for what a trained ranking model may be told; the blend uses none of it.
        body.scalars("context");
        body.refuseUnknown();
        return call;
    }

    /** Not parsed here: the search says what is wrong with it. */
    private static QueryBuilder query(JsonNode filter) {
        return new WrapperQueryBuilder(Json.bytes(filter));
    }

    private static ArrayNode session(JsonNode json) {
        if (!json.isArray() || json.isEmpty() || json.size() > MOST_EVENTS) {
            throw new InvalidFieldException(
                    "session", "must be an array of 1 to " + MOST_EVENTS + " events");
        }
        ArrayNode events = JsonNodeFactory.instance.arrayNode();
        for (JsonNode event : json) {
            if (event instanceof ObjectNode object && !object.has("user_id")) {
                // Nothing is stored, so any name will do.
                events.add(object.deepCopy().put("user_id", "session"));
            } else {
                events.add(event);
            }
        }
        return events;
    }

    private static Set<Exclusion> exclusions(JsonFields body) {
        Set<Exclusion> exclusions = EnumSet.of(Exclusion.DISMISSED);
        exclusions.addAll(named("exclude", body, Exclusion::named, Exclusion.ids()));
        return exclusions;
    }

    private static Set<Source> sources(JsonFields body) {
        List<Source> sources = named("sources", body, Source::named, Source.ids());
        return sources.isEmpty() ? EnumSet.allOf(Source.class) : EnumSet.copyOf(sources);
    }

    private static <T> List<T> named(
            String field, JsonFields body, Function<String, Optional<T>> find, List<String> known) {
        return body.strings(field).stream()
                .map(
                        name ->
                                find.apply(name)
                                        .orElseThrow(
                                                () ->
                                                        new InvalidFieldException(
                                                                field,
                                                                "must be of "
                                                                        + known
                                                                        + ", was ["
                                                                        + JsonFields.shorten(name)
                                                                        + "]")))
                .toList();
    }

    private static Diversity diversity(JsonFields json) {
        String field = json.requiredString("field");
        int max = json.integer("max", 1, MOST).orElseThrow(() -> json.missing("max"));
        json.refuseUnknown();
        return new Diversity(field, max);
    }

    private static FetchSourceContext source(JsonFields body) {
        Optional<JsonNode> wanted = body.any("_source");
        if (wanted.isEmpty()) {
            return FetchSourceContext.FETCH_SOURCE;
        }
        if (wanted.get().isBoolean()) {
            return FetchSourceContext.of(wanted.get().asBoolean());
        }
        if (wanted.get().isTextual()) {
            return FetchSourceContext.of(true, new String[] {wanted.get().asText()}, new String[0]);
        }
        if (!wanted.get().isArray()) {
            throw new InvalidFieldException(
                    "_source", "must be true, false, a field or an array of fields");
        }
        return FetchSourceContext.of(
                true, body.strings("_source").toArray(String[]::new), new String[0]);
    }
}
