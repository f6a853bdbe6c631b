package dev.persona.plugin.event;

import dev.persona.plugin.catalog.CompanionIndices;
import dev.persona.plugin.identity.Merges;
import dev.persona.plugin.json.Json;
import dev.persona.plugin.task.IndexScan;
import dev.persona.plugin.task.JobTask;
import dev.persona.profiling.event.Event;
import dev.persona.profiling.event.EventJson;

import org.elasticsearch.index.query.QueryBuilder;
import org.elasticsearch.index.query.QueryBuilders;
import org.elasticsearch.search.SearchHit;
import org.elasticsearch.search.builder.SearchSourceBuilder;
import org.elasticsearch.search.sort.SortOrder;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Gives the stored events of one user after the other, so that only few users' are in memory. The
 * events of ids that were merged into a user are that user's.
 */
public final class UserHistories {
    /** So many users with several ids are read at a time. */
    private static final int MERGED_AT_ONCE = 200;

    private final IndexScan scan;

    /** Reads through a scan. */
    public UserHistories(IndexScan scan) {
        this.scan = scan;
    }

    /**
     * Goes over all users of a catalog who have events.
     *
     * @param phase what the job calls this
     * @param each given all events of a user, in the order of time
     */
    public void forEach(String catalog, JobTask job, String phase, Consumer<List<Event>> each) {
        Merges merges = Merges.read(scan, catalog, job, phase);
        List<Event> events = new ArrayList<>();
        scan.run(
                CompanionIndices.events(catalog),
                byUserAndTime(QueryBuilders.matchAllQuery()),
                job,
                phase,
                hit -> {
                    Event event = read(hit);
                    if (merges.touches(event.user())) {
                        return;
                    }
                    if (!events.isEmpty() && !events.get(0).user().equals(event.user())) {
                        each.accept(List.copyOf(events));
                        events.clear();
                    }
                    events.add(event);
                });
        if (!events.isEmpty()) {
            each.accept(List.copyOf(events));
        }
        forEachMerged(catalog, merges, job, phase, each);
    }

    private void forEachMerged(
            String catalog, Merges merges, JobTask job, String phase, Consumer<List<Event>> each) {
        Set<String> ids = new HashSet<>();
        int users = 0;
        for (Set<String> idsOfUser : merges.idsByUser().values()) {
            ids.addAll(idsOfUser);
            if (++users % MERGED_AT_ONCE == 0 || users == merges.idsByUser().size()) {
                Map<String, List<Event>> byUser = new LinkedHashMap<>();
                scan.run(
                        CompanionIndices.events(catalog),
                        byUserAndTime(QueryBuilders.termsQuery("user_id", ids)),
                        job,
                        phase,
                        hit -> {
                            Event event = read(hit);
                            String user = merges.user(event.user());
                            byUser.computeIfAbsent(user, key -> new ArrayList<>())
                                    .add(event.withUser(user));
                        });
                for (List<Event> events : byUser.values()) {
                    events.sort(Comparator.comparingLong(Event::timestamp));
                    each.accept(List.copyOf(events));
                }
                ids.clear();
            }
        }
    }

    private static SearchSourceBuilder byUserAndTime(QueryBuilder query) {
        return new SearchSourceBuilder()
                .query(query)
                .sort("user_id", SortOrder.ASC)
                .sort("timestamp", SortOrder.ASC);
    }

    private static Event read(SearchHit hit) {
        return EventJson.readStored(hit.getId(), Json.readStored(hit.getSourceRef()));
    }
}
