package dev.persona.plugin.rebuild;

import dev.persona.plugin.catalog.Catalog;
import dev.persona.plugin.catalog.Catalogs;
import dev.persona.plugin.follower.AwaitEventsResponse;
import dev.persona.plugin.follower.WrittenProfiles;

import org.elasticsearch.client.internal.Client;
import org.elasticsearch.core.TimeValue;

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
        return new PassedEvents(
                catalogs,
                catalog,
                WrittenProfiles.await(client, catalogs, catalog.name(), PATIENCE));
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
