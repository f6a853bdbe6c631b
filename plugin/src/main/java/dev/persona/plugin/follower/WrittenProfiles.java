package dev.persona.plugin.follower;

import dev.persona.plugin.catalog.Catalogs;

import org.elasticsearch.client.internal.Client;
import org.elasticsearch.core.TimeValue;

import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;
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
        return await(
                client,
                catalog,
                IntStream.range(0, catalogs.eventShards(catalog)).boxed().toList(),
                patience);
    }

    /**
     * Waits for what is stored now of some users.
     *
     * @param users their ids
     */
    public static void await(
            Client client,
            Catalogs catalogs,
            String catalog,
            Collection<String> users,
            TimeValue patience) {
        Set<Integer> shards = new TreeSet<>();
        users.forEach(user -> shards.add(catalogs.eventsShardOf(catalog, user)));
        await(client, catalog, shards, patience);
    }

    private static AwaitEventsResponse await(
            Client client, String catalog, Collection<Integer> shards, TimeValue patience) {
        return client.execute(
                        AwaitEventsAction.TYPE,
                        new AwaitEventsRequest(
                                catalog, shards, AwaitEventsRequest.Until.WRITTEN, patience))
                .actionGet();
    }
}
