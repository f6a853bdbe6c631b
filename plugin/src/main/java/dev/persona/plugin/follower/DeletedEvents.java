package dev.persona.plugin.follower;

import dev.persona.plugin.catalog.CompanionIndices;

import org.elasticsearch.ElasticsearchException;
import org.elasticsearch.action.get.MultiGetItemResponse;
import org.elasticsearch.action.get.MultiGetRequest;
import org.elasticsearch.client.internal.Client;
import org.elasticsearch.core.TimeValue;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Leaves events out that have been deleted since. A shard's history holds them for a while longer:
 * read from its beginning, it would make a user anew who was erased, as soon as nothing says any
 * more that the user was.
 */
final class DeletedEvents {
    private static final TimeValue PATIENCE = TimeValue.timeValueSeconds(60);

    private final Client client;
    private final String index;

    DeletedEvents(Client client, String catalog) {
        this.client = client;
        this.index = CompanionIndices.events(catalog);
    }

    /**
     * Leaves them out.
     *
     * @param users whose events are to be looked at
     * @param events of users, among them these; changed
     * @param history only events up to this operation can have been deleted long ago
     */
    void leaveOut(Collection<String> users, Map<String, List<NumberedEvent>> events, long history) {
        MultiGetRequest request = new MultiGetRequest();
        for (String user : users) {
            for (NumberedEvent numbered : events.getOrDefault(user, List.of())) {
                if (numbered.seqNo() <= history) {
                    request.add(
                            new MultiGetRequest.Item(index, numbered.id())
                                    .routing(user)
                                    .storedFields("_none_"));
                }
            }
        }
        if (request.getItems().isEmpty()) {
            return;
        }
        Set<String> gone = new HashSet<>();
        for (MultiGetItemResponse item : client.multiGet(request).actionGet(PATIENCE)) {
            if (item.isFailed()) {
                throw new ElasticsearchException(
                        "events cannot be read", item.getFailure().getFailure());
            }
            if (!item.getResponse().isExists()) {
                gone.add(item.getId());
            }
        }
        for (String user : users) {
            events.computeIfPresent(
                    user,
                    (key, theirs) ->
                            theirs.stream().filter(event -> !gone.contains(event.id())).toList());
        }
    }
}
