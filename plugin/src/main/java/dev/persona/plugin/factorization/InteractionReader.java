package dev.persona.plugin.factorization;

import dev.persona.plugin.catalog.Catalog;
import dev.persona.plugin.catalog.CompanionIndices;
import dev.persona.plugin.task.IndexScan;
import dev.persona.plugin.task.JobTask;
import dev.persona.profiling.event.EventType;
import dev.persona.profiling.factorization.Interactions;
import dev.persona.profiling.factorization.InteractionsBuilder;
import dev.persona.profiling.profile.ProfileRules;

import org.elasticsearch.common.document.DocumentField;
import org.elasticsearch.index.query.QueryBuilders;
import org.elasticsearch.search.SearchHit;
import org.elasticsearch.search.builder.SearchSourceBuilder;
import org.elasticsearch.search.sort.SortOrder;

import java.util.HashMap;
import java.util.Map;

/**
 * Reads users' interactions with items from the stored events: the sum of the events' weights,
 * decayed to one time. A pair whose sum is not above 0 is no interaction.
 */
final class InteractionReader {
    private final ProfileRules rules;
    private final long now;
    private final InteractionsBuilder builder = Interactions.builder();
    private final Map<String, Double> sums = new HashMap<>();
    private String user = "";

    private InteractionReader(ProfileRules rules, long now) {
        this.rules = rules;
        this.now = now;
    }

    /**
     * Reads all events of a catalog.
     *
     * @param now the time, in milliseconds since 1970, that weights are decayed to
     */
    static Interactions read(Catalog catalog, IndexScan scan, JobTask job, long now) {
        SearchSourceBuilder search =
                new SearchSourceBuilder()
                        .query(QueryBuilders.existsQuery("item_id"))
                        .sort("user_id", SortOrder.ASC)
                        .fetchSource(false)
                        .docValueField("user_id")
                        .docValueField("item_id")
                        .docValueField("type")
                        .docValueField("timestamp", "epoch_millis");
        InteractionReader reader = new InteractionReader(catalog.settings().rules(), now);
        scan.run(
                CompanionIndices.events(catalog.name()),
                search,
                job,
                "reading events",
                reader::add);
        reader.endUser();
        return reader.builder.build();
    }

    private void add(SearchHit hit) {
        String eventUser = text(hit, "user_id");
        if (!eventUser.equals(user)) {
            endUser();
            user = eventUser;
        }
        double weight = EventType.of(text(hit, "type")).map(rules::weight).orElse(0.0);
        if (weight != 0) {
            double decayed =
                    weight * rules.decay().between(Long.parseLong(text(hit, "timestamp")), now);
            sums.merge(text(hit, "item_id"), decayed, Double::sum);
        }
    }

    private void endUser() {
        sums.forEach(
                (item, weight) -> {
                    // What a float cannot tell from 0 is none either.
                    if ((float) weight.doubleValue() > 0) {
                        builder.add(user, item, weight);
                    }
                });
        sums.clear();
    }

    private static String text(SearchHit hit, String field) {
        DocumentField found = hit.field(field);
        return found == null || found.getValues().isEmpty()
                ? ""
                : found.getValues().get(0).toString();
    }
}
