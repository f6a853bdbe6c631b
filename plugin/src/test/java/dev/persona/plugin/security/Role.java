package dev.persona.plugin.security;

import com.fasterxml.jackson.databind.JsonNode;

import org.elasticsearch.common.Strings;
import org.elasticsearch.common.regex.Regex;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A role as Elasticsearch's security takes it, {@code PUT /_security/role/name}: privileges are
 * patterns of action names, or names that stand for some.
 *
 * @param cluster patterns of actions that are about no index
 * @param indices what may be done with which indices
 */
public record Role(List<String> cluster, List<Grant> indices) {
    /** May do everything. */
    static final Role ALL =
            new Role(List.of("cluster:*"), List.of(new Grant(List.of("*"), List.of("indices:*"))));

    /**
     * What the names stand for, as listed in Elasticsearch's documentation of privileges and its
     * classes {@code IndexPrivilege} and {@code ClusterPrivilegeResolver}.
     */
    private static final Map<String, List<String>> NAMED =
            Map.of(
                    "all", List.of("indices:*"),
                    "read", List.of("indices:data/read/*"),
                    "write", List.of("indices:data/write/*", "indices:admin/mapping/auto_put"),
                    "create_doc",
                            List.of(
                                    "indices:data/write/index",
                                    "indices:data/write/index[*",
                                    "indices:data/write/index:op_type/create",
                                    "indices:data/write/bulk*"),
                    "maintenance",
                            List.of(
                                    "indices:admin/refresh*",
                                    "indices:admin/flush*",
                                    "indices:admin/forcemerge*"),
                    "monitor", List.of("cluster:monitor/*"));

    /**
     * What may be done with some indices.
     *
     * @param names patterns of indices and aliases
     * @param actions patterns of actions
     */
    record Grant(List<String> names, List<String> actions) {
        boolean allows(String action) {
            return Regex.simpleMatch(actions.toArray(Strings.EMPTY_ARRAY), action);
        }

        boolean allows(String action, String index) {
            return allows(action) && Regex.simpleMatch(names.toArray(Strings.EMPTY_ARRAY), index);
        }
    }

    /** Reads a role. */
    public static Role read(JsonNode json) {
        List<Grant> indices = new ArrayList<>();
        json.path("indices")
                .forEach(
                        grant ->
                                indices.add(
                                        new Grant(
                                                texts(grant.path("names")).toList(),
                                                actions(grant.path("privileges")))));
        return new Role(actions(json.path("cluster")), List.copyOf(indices));
    }

    private static List<String> actions(JsonNode privileges) {
        return texts(privileges)
                .flatMap(name -> NAMED.getOrDefault(name, List.of(name)).stream())
                .toList();
    }

    private static Stream<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(text -> texts.add(text.asText()));
        return texts.stream();
    }

    boolean allowsOnCluster(String action) {
        return Regex.simpleMatch(cluster.toArray(Strings.EMPTY_ARRAY), action);
    }

    /** Where an action is about no index that can be told, it may be about some index. */
    boolean allowsSomewhere(String action) {
        return indices.stream().anyMatch(grant -> grant.allows(action));
    }

    boolean allows(String action, String index) {
        return indices.stream().anyMatch(grant -> grant.allows(action, index));
    }
}
