package dev.persona.plugin.follower;

import dev.persona.plugin.catalog.Catalog;
import dev.persona.plugin.catalog.CompanionIndices;
import dev.persona.plugin.profile.StoredProfile;
import dev.persona.profiling.profile.ProfileRules;

import org.elasticsearch.ElasticsearchException;
import org.elasticsearch.action.get.MultiGetItemResponse;
import org.elasticsearch.action.get.MultiGetRequest;
import org.elasticsearch.client.internal.Client;
import org.elasticsearch.core.TimeValue;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Profile documents as they are stored now, each read once. */
final class StoredProfiles {
    private static final TimeValue PATIENCE = TimeValue.timeValueSeconds(60);

    private final Client client;
    private final String index;
    private final ProfileRules rules;
    private final ProfileCache cache;
    private final Map<String, StoredProfile> known = new HashMap<>();

    StoredProfiles(Client client, Catalog catalog, ProfileCache cache) {
        this.client = client;
        this.index = CompanionIndices.profiles(catalog.name());
        this.rules = catalog.settings().rules();
        this.cache = cache;
    }

    /** Reads several at once. */
    Map<String, StoredProfile> read(Collection<String> users) {
        MultiGetRequest request = new MultiGetRequest();
        for (String user : users) {
            cache.find(user, rules)
                    .ifPresentOrElse(
                            stored -> known.put(user, stored), () -> request.add(index, user));
        }
        if (!request.getItems().isEmpty()) {
            for (MultiGetItemResponse item : client.multiGet(request).actionGet(PATIENCE)) {
                if (item.isFailed()) {
                    throw new ElasticsearchException(
                            "a profile cannot be read", item.getFailure().getFailure());
                }
                known.put(item.getId(), StoredProfile.of(item.getResponse(), rules));
            }
        }
        return known;
    }

    /** The document of a user; read now if it has not been. */
    StoredProfile get(String user) {
        StoredProfile stored = known.get(user);
        return stored == null ? read(List.of(user)).get(user) : stored;
    }
}
