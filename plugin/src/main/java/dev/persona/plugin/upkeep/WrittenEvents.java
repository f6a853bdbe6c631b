package dev.persona.plugin.upkeep;

import dev.persona.plugin.catalog.Catalogs;
import dev.persona.plugin.follower.AwaitEventsAction;
import dev.persona.plugin.follower.AwaitEventsRequest;
import dev.persona.plugin.follower.AwaitEventsResponse;

import org.elasticsearch.client.internal.Client;
import org.elasticsearch.core.TimeValue;

import java.util.stream.IntStream;

/** Waits for the followers of a catalog. */
final class WrittenEvents {
    private static final TimeValue PATIENCE = TimeValue.timeValueMinutes(2);

    private WrittenEvents() {}

    /**
     * Waits until all that is stored now is in the stored documents of the profiles.
     *
     * @return up to which operation of each shard that is
     */
    static AwaitEventsResponse await(Client client, Catalogs catalogs, String catalog) {
        return client.execute(
                        AwaitEventsAction.TYPE,
                        new AwaitEventsRequest(
                                catalog,
                                IntStream.range(0, catalogs.eventShards(catalog)).boxed().toList(),
                                AwaitEventsRequest.Until.WRITTEN,
                                PATIENCE))
                .actionGet();
    }
}
