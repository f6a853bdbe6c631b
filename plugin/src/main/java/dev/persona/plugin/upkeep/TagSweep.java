package dev.persona.plugin.upkeep;

import dev.persona.plugin.catalog.Catalog;
import dev.persona.plugin.catalog.Catalogs;
import dev.persona.plugin.catalog.Tagging;
import dev.persona.plugin.catalog.UpdateCatalogAction;
import dev.persona.plugin.follower.WrittenProfiles;
import dev.persona.plugin.profile.ProfileDocument;
import dev.persona.plugin.profile.ProfileSweep;
import dev.persona.plugin.profile.Tags;
import dev.persona.profiling.profile.LocalCalendar;

import org.elasticsearch.client.internal.Client;
import org.elasticsearch.index.query.BoolQueryBuilder;
import org.elasticsearch.index.query.QueryBuilder;
import org.elasticsearch.index.query.QueryBuilders;

import java.util.Optional;

/**
 * Looks at tags again: of the documents whose day has come, and of all when rules or population are
 * others than when it last went over all of them. Writes only those that become others.
 */
final class TagSweep {
    private final Client client;
    private final Catalogs catalogs;
    private final Lease lease;

    TagSweep(Client client, Catalogs catalogs, Lease lease) {
        this.client = client;
        this.catalogs = catalogs;
        this.lease = lease;
    }

    /** Gives how many documents were written. */
    long run(Catalog catalog) {
        Tagging tagging = catalog.tagging();
        if (!tagging.isSwept()) {
            // Whoever began to write a profile by the old rules is done then; who begins later
            // knows the new ones, as these were acknowledged by all nodes.
            WrittenProfiles.await(client, catalogs, catalog.name(), Upkeep.PATIENCE);
        }
        long now = client.threadPool().absoluteTimeInMillis();
        long today = new LocalCalendar(catalog.settings().timeZone()).day(now);
        long written =
                new ProfileSweep(
                                client,
                                catalog,
                                (done, total) -> lease.check(),
                                document -> changed(document, tagging, now, today))
                        .run(query(tagging, today));
        if (!tagging.isSwept()) {
            UpdateCatalogAction.change(client, catalog.name(), Catalog.tagged(tagging));
        }
        return written;
    }

    private static QueryBuilder query(Tagging tagging, long today) {
        BoolQueryBuilder query =
                QueryBuilders.boolQuery().mustNot(QueryBuilders.existsQuery("merged_into"));
        return tagging.isSwept()
                ? query.should(QueryBuilders.rangeQuery("tags_due").lte(today))
                        .should(
                                QueryBuilders.boolQuery()
                                        .mustNot(QueryBuilders.existsQuery("tags_due")))
                        .minimumShouldMatch(1)
                : query;
    }

    /** The document as it has to be written; empty when it may stay as it is. */
    private static Optional<ProfileDocument> changed(
            ProfileDocument document, Tagging tagging, long now, long today) {
        Tags stored = document.tags();
        Tags tags = Tags.exact(document, tagging, now);
        boolean inTime =
                tags.due().isEmpty()
                        ? stored.due().isEmpty()
                        : stored.due().isPresent()
                                && stored.due().getAsLong() > today
                                && stored.due().getAsLong() <= tags.due().getAsLong();
        return inTime && stored.names().equals(tags.names())
                ? Optional.empty()
                : Optional.of(document.withTags(tags));
    }
}
