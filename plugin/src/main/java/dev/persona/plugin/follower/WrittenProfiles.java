package dev.persona.plugin.follower;

import dev.persona.plugin.catalog.Catalogs;

import org.elasticsearch.client.internal.Client;
import org.elasticsearch.core.TimeValue;

import java.util.stream.IntStream;

/** Waits until all events of a catalog are in the stored documents of their profiles. */
public final class WrittenProfiles {
    private WrittenProfiles() {}

    /**
     * Waits for what is stored now.
     *
     * @return up to which operation of each shard the documents hold the events
     */
    public static AwaitEventsResponse await(
            Client client, Catalogs catalogs, String catalog, TimeValue patience) {
        return client.execute(
                        AwaitEventsAction.TYPE,
                        new AwaitEventsRequest(
                                catalog,
                                IntStream.range(0, catalogs.eventShards(catalog)).boxed().toList(),
                                AwaitEventsRequest.Until.WRITTEN,
                                patience))
                .actionGet();
    }
}
