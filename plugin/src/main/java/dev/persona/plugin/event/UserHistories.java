package dev.persona.plugin.event;

import dev.persona.plugin.catalog.CompanionIndices;
import dev.persona.plugin.json.Json;
import dev.persona.plugin.task.IndexScan;
import dev.persona.plugin.task.JobTask;
import dev.persona.profiling.event.Event;
import dev.persona.profiling.event.EventJson;

import org.elasticsearch.index.query.QueryBuilders;
import org.elasticsearch.search.builder.SearchSourceBuilder;
import org.elasticsearch.search.sort.SortOrder;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Gives the stored events of one user after the other, so that only one user's are in memory. */
public final class UserHistories {
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
        SearchSourceBuilder search =
                new SearchSourceBuilder()
                        .query(QueryBuilders.matchAllQuery())
                        .sort("user_id", SortOrder.ASC)
                        .sort("timestamp", SortOrder.ASC);
        List<Event> events = new ArrayList<>();
        scan.run(
                CompanionIndices.events(catalog),
                search,
                job,
                phase,
                hit -> {
                    Event event =
                            EventJson.readStored(hit.getId(), Json.readStored(hit.getSourceRef()));
                    if (!events.isEmpty() && !events.get(0).user().equals(event.user())) {
                        each.accept(List.copyOf(events));
                        events.clear();
                    }
                    events.add(event);
                });
        if (!events.isEmpty()) {
            each.accept(List.copyOf(events));
        }
    }
}
