package dev.persona.plugin.identity;

import dev.persona.plugin.catalog.CompanionIndices;
import dev.persona.plugin.json.Json;
import dev.persona.plugin.task.IndexScan;
import dev.persona.plugin.task.JobTask;

import org.elasticsearch.index.query.QueryBuilders;
import org.elasticsearch.search.builder.SearchSourceBuilder;

import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Which user ids of a catalog have been merged into which users, all at one point in time. */
public final class Merges {
    private static final String FIELD = "merged_into";

    private final Map<String, String> next;
    private final Map<String, Set<String>> idsByUser = new TreeMap<>();

    private Merges(Map<String, String> next) {
        this.next = next;
        for (String id : next.keySet()) {
            idsByUser.computeIfAbsent(user(id), user -> new TreeSet<>(Set.of(user))).add(id);
        }
    }

    /**
     * Reads all merges of a catalog.
     *
     * @param phase what the job calls this
     */
    public static Merges read(IndexScan scan, String catalog, JobTask job, String phase) {
        Map<String, String> next = new HashMap<>();
        scan.run(
                CompanionIndices.profiles(catalog),
                new SearchSourceBuilder()
                        .query(QueryBuilders.existsQuery(FIELD))
                        .fetchSource(FIELD, null)
                        .sort("_shard_doc"),
                job,
                phase,
                hit ->
                        next.put(
                                hit.getId(),
                                Json.readStored(hit.getSourceRef()).path(FIELD).asText()));
        return new Merges(next);
    }

    /** The user that an id counts for. */
    public String user(String id) {
        String user = id;
        // As many steps as there are merges at most: more would be a circle.
        for (int steps = 0; next.containsKey(user) && steps < next.size(); steps++) {
            user = next.get(user);
        }
        return user;
    }

    /** Whether an id has to do with a merge, on either side. */
    public boolean touches(String id) {
        return next.containsKey(id) || idsByUser.containsKey(id);
    }

    /** All ids of each user that others have been merged into, the user's own included. */
    public Map<String, Set<String>> idsByUser() {
        return Collections.unmodifiableMap(idsByUser);
    }
}
