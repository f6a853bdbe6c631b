package dev.persona.plugin.follower;

import dev.persona.plugin.catalog.CompanionIndices;
import dev.persona.plugin.consent.Blocks;

import org.elasticsearch.ElasticsearchException;
import org.elasticsearch.action.bulk.BulkItemResponse;
import org.elasticsearch.action.bulk.BulkRequest;
import org.elasticsearch.action.delete.DeleteRequest;
import org.elasticsearch.client.internal.Client;
import org.elasticsearch.core.TimeValue;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Events of users who were erased while these were on their way: they are removed, not applied. */
final class ErasedUsers {
    private static final TimeValue PATIENCE = TimeValue.timeValueSeconds(60);

    private final Client client;
    private final String catalog;
    private final FollowerCounters counters;

    ErasedUsers(Client client, String catalog, FollowerCounters counters) {
        this.client = client;
        this.catalog = catalog;
        this.counters = counters;
    }

    /**
     * Removes the events of those who have been erased.
     *
     * @param suspects user ids without a document
     * @param events of users, among them the suspects
     * @return those of the suspects who have been erased
     */
    Set<String> drop(Collection<String> suspects, Map<String, List<NumberedEvent>> events) {
        if (suspects.isEmpty()) {
            return Set.of();
        }
        Set<String> erased = Blocks.erased(client, catalog, suspects, PATIENCE);
        BulkRequest deletions = new BulkRequest();
        String index = CompanionIndices.writeAlias(CompanionIndices.events(catalog));
        for (String user : erased) {
            for (NumberedEvent numbered : events.getOrDefault(user, List.of())) {
                deletions.add(new DeleteRequest(index, numbered.id()).routing(user));
            }
        }
        if (deletions.numberOfActions() > 0) {
            for (BulkItemResponse item : client.bulk(deletions).actionGet(PATIENCE)) {
                if (item.isFailed()) {
                    throw new ElasticsearchException(
                            "an event of an erased user cannot be removed",
                            item.getFailure().getCause());
                }
            }
            counters.dropped(deletions.numberOfActions());
        }
        return erased;
    }
}
