package dev.persona.plugin.rebuild;

import dev.persona.plugin.catalog.Catalog;
import dev.persona.plugin.catalog.Catalogs;
import dev.persona.plugin.follower.AwaitEventsAction;
import dev.persona.plugin.follower.AwaitEventsRequest;
import dev.persona.plugin.follower.AwaitEventsResponse;

import org.elasticsearch.client.internal.Client;
import org.elasticsearch.core.TimeValue;

import java.util.List;
import java.util.stream.IntStream;

/**
 * The events of a catalog that its followers have passed: whatever of them is in no profile, is
 * lost.
 */
final class PassedEvents {
    /** A follower that is far behind may take so long to come to what is stored now. */
    private static final TimeValue PATIENCE = TimeValue.timeValueMinutes(10);

    private final Catalogs catalogs;
    private final Catalog catalog;
    private final AwaitEventsResponse passed;

    private PassedEvents(Catalogs catalogs, Catalog catalog, AwaitEventsResponse passed) {
        this.catalogs = catalogs;
        this.catalog = catalog;
        this.passed = passed;
    }

    /** Waits until the followers have passed everything that is stored now. */
    static PassedEvents await(Client client, Catalogs catalogs, Catalog catalog) {
        List<Integer> shards =
                IntStream.range(0, catalogs.eventShards(catalog.name())).boxed().toList();
        AwaitEventsRequest request =
                new AwaitEventsRequest(
                        catalog.name(), shards, AwaitEventsRequest.Until.WRITTEN, PATIENCE);
        return new PassedEvents(
                catalogs,
                catalog,
                client.execute(AwaitEventsAction.TYPE, request).actionGet(PATIENCE));
    }

    /** Whether an event of a user id, stored by an operation, is one of them. */
    boolean has(String id, long operation) {
        return operation <= passed.reached(catalogs.eventsShardOf(catalog.name(), id));
    }

    /** What the numbers count in. */
    String eventsUuid() {
        return catalogs.eventsUuid(catalog.name());
    }
}
