package dev.persona.plugin.segmentation;

import dev.persona.plugin.catalog.Catalog;
import dev.persona.plugin.catalog.Catalogs;
import dev.persona.plugin.follower.WrittenProfiles;
import dev.persona.plugin.profile.ProfileDocument;
import dev.persona.plugin.profile.ProfileSweep;
import dev.persona.plugin.segment.DerivedFields;
import dev.persona.plugin.segment.SegmentsInUse;
import dev.persona.plugin.task.IndexScan;
import dev.persona.profiling.profile.LocalCalendar;
import dev.persona.profiling.segment.SegmentModel;

import org.elasticsearch.client.internal.Client;
import org.elasticsearch.core.TimeValue;
import org.elasticsearch.index.query.BoolQueryBuilder;
import org.elasticsearch.index.query.QueryBuilders;

import java.util.Optional;

/**
 * Brings the segments in use to the profile documents: to all of them after a training and then
 * once a day, as what users do not do moves them too; otherwise to those that have none. Writes
 * only documents that become others.
 */
public final class SegmentSweep {
    private final Client client;
    private final Catalogs catalogs;
    private final DerivedFields derived;
    private final TimeValue patience;

    /**
     * @param patience how long followers may take to come to what is stored now
     */
    public SegmentSweep(
            Client client, Catalogs catalogs, DerivedFields derived, TimeValue patience) {
        this.client = client;
        this.catalogs = catalogs;
        this.derived = derived;
        this.patience = patience;
    }

    /** Whoever has a segment, if it is there. */
    static BoolQueryBuilder everybody() {
        return QueryBuilders.boolQuery()
                .filter(QueryBuilders.existsQuery("first_seen"))
                .mustNot(QueryBuilders.existsQuery("merged_into"))
                .mustNot(QueryBuilders.termQuery("tracking", false));
    }

    /**
     * Gives how many documents were written.
     *
     * @param catalog with segments in use
     * @param model those
     */
    public long run(Catalog catalog, SegmentModel model, IndexScan.Progress progress) {
        long now = client.threadPool().absoluteTimeInMillis();
        int today = new LocalCalendar(catalog.settings().timeZone()).day(now);
        boolean all = catalog.segments().map(used -> used.isDue(today)).orElseThrow();
        if (all) {
            // Whoever began to write a profile by the segments before is done then.
            WrittenProfiles.await(client, catalogs, catalog.name(), patience);
        }
        BoolQueryBuilder query = everybody();
        long written =
                new ProfileSweep(
                                client,
                                catalog,
                                progress,
                                document -> changed(model, catalog, document, now))
                        .run(all ? query : query.mustNot(QueryBuilders.existsQuery("segment")));
        if (all) {
            new SegmentsInUse(client, catalogs, catalog.name()).swept(catalog, today);
        }
        return written;
    }

    private Optional<ProfileDocument> changed(
            SegmentModel model, Catalog catalog, ProfileDocument document, long now) {
        ProfileDocument segmented = derived.segmented(model, catalog, document, now);
        return segmented.segment().equals(document.segment())
                ? Optional.empty()
                : Optional.of(segmented);
    }
}
