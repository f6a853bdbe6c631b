package dev.persona.plugin.segment;

import dev.persona.plugin.catalog.Catalog;
import dev.persona.plugin.catalog.Catalogs;
import dev.persona.plugin.catalog.Segmentation;
import dev.persona.plugin.catalog.UpdateCatalogAction;

import org.elasticsearch.ElasticsearchException;
import org.elasticsearch.ExceptionsHelper;
import org.elasticsearch.action.get.GetResponse;
import org.elasticsearch.action.support.PlainActionFuture;
import org.elasticsearch.client.internal.Client;
import org.elasticsearch.rest.RestStatus;

import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * The segments that a catalog has in use, to read and to exchange. Two who exchange them at once do
 * so one after the other. Waits for other actions.
 */
public final class SegmentsInUse {
    private static final int MOST_CONFLICTS = 50;

    private final Client client;
    private final Catalogs catalogs;
    private final String catalog;
    private final SegmentStore store;

    /** Those of a catalog, on behalf of whom the client acts for. */
    public SegmentsInUse(Client client, Catalogs catalogs, String catalog) {
        this.client = client;
        this.catalogs = catalogs;
        this.catalog = catalog;
        this.store = new SegmentStore(client);
    }

    /**
     * What was found.
     *
     * @param catalog as it was then
     * @param segments that it has in use; empty when there are none that this version of the plugin
     *     can read
     */
    public record Found(Catalog catalog, Optional<SegmentVersion> segments) {}

    /** Reads those in use now. */
    public Found find() {
        while (true) {
            Catalog now = catalogs.get(catalog);
            Optional<SegmentVersion> read = now.segments().flatMap(this::read);
            // What was exchanged just then is gone, and all nodes know of the other.
            if (read.isPresent() || catalogs.get(catalog).segments().equals(now.segments())) {
                return new Found(now, read);
            }
        }
    }

    private Optional<SegmentVersion> read(Segmentation used) {
        PlainActionFuture<GetResponse> found = new PlainActionFuture<>();
        store.get(catalog, used.version(), found);
        return Optional.of(found.actionGet()).flatMap(SegmentStore::read);
    }

    /** The change of a catalog that puts a version to use. */
    @FunctionalInterface
    public interface Use {
        /** Gives the change. */
        Map<String, String> of(Catalog catalog, int version);
    }

    /**
     * Puts others in their place.
     *
     * @param other given those in use, makes the others; asked again when somebody else has
     *     exchanged them meanwhile
     * @return the number that they are stored under
     */
    public int replace(Function<Optional<SegmentVersion>, SegmentVersion> other, Use use) {
        for (int attempt = 0; attempt < MOST_CONFLICTS; attempt++) {
            Found found = find();
            Catalog before = found.catalog();
            SegmentVersion after = other.apply(found.segments());
            int least = before.segments().map(Segmentation::version).orElse(0) + 1;
            int version = store.store(catalog, least, after);
            if (change(use.of(before, version))) {
                store.removeBefore(catalog, version);
                return version;
            }
        }
        throw new ElasticsearchException("the segments are changed by others all the time");
    }

    /** Says that all profiles have been gone over; nothing when the segments are others by now. */
    public void swept(Catalog by, int day) {
        change(by.segmentsSwept(day));
    }

    /** Whether the segments were those that the change is for. */
    private boolean change(Map<String, String> change) {
        try {
            UpdateCatalogAction.change(client, catalog, change);
            return true;
        } catch (ElasticsearchException e) {
            if (ExceptionsHelper.status(e) == RestStatus.CONFLICT) {
                return false;
            }
            throw e;
        }
    }
}
