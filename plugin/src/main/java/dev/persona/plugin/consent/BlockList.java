package dev.persona.plugin.consent;

import dev.persona.plugin.catalog.CompanionIndices;
import dev.persona.plugin.json.Json;

import org.elasticsearch.ElasticsearchStatusException;
import org.elasticsearch.ExceptionsHelper;
import org.elasticsearch.action.ActionListener;
import org.elasticsearch.action.get.MultiGetItemResponse;
import org.elasticsearch.action.get.MultiGetRequest;
import org.elasticsearch.action.get.MultiGetResponse;
import org.elasticsearch.client.internal.Client;
import org.elasticsearch.common.cache.Cache;
import org.elasticsearch.common.cache.CacheBuilder;
import org.elasticsearch.core.TimeValue;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The blocks of each catalog as this node has read them last. Every call that sends events asks who
 * is refused, and blocks change seldom: so it asks only whether they are still those that are known
 * here, by a version that whoever changes a block writes after it.
 */
public final class BlockList {
    /** Whatever becomes of a version, nobody goes by a list that is older. */
    private static final TimeValue KEPT = TimeValue.timeValueMinutes(1);

    private final Client own;
    private final Cache<String, Known> known =
            CacheBuilder.<String, Known>builder().setExpireAfterWrite(KEPT).build();

    /**
     * Made once a node.
     *
     * @param own acts for the plugin itself: what one caller may see must not become what all do
     */
    public BlockList(Client own) {
        this.own = own;
    }

    /**
     * Blocks as they were at a version or later.
     *
     * @param blocks by the hash of the user; empty when there are too many to keep
     */
    private record Known(String version, Optional<Blocks.All> blocks) {}

    /**
     * Finds out whose events are refused now.
     *
     * @param client acts for the caller
     * @param users some user ids
     * @param listener given the reason for each that is refused
     */
    public void find(
            Client client,
            String catalog,
            Collection<String> users,
            ActionListener<Map<String, Blocks.Reason>> listener) {
        client.multiGet(
                new MultiGetRequest().add(CompanionIndices.state(catalog), Blocks.VERSION),
                listener.delegateFailureAndWrap(
                        (l, found) -> {
                            String version = version(found);
                            Known here = known.get(catalog);
                            // Without rights of its own the plugin goes by those of the caller.
                            ActionListener<Map<String, Blocks.Reason>> safe =
                                    l.delegateResponse(
                                            (m, e) -> Blocks.get(client, catalog, users, m));
                            if (here != null && here.version.equals(version)) {
                                answer(catalog, users, here, safe);
                            } else {
                                load(catalog, users, version, safe);
                            }
                        }));
    }

    private static String version(MultiGetResponse found) {
        MultiGetItemResponse item = found.getResponses()[0];
        if (item.isFailed()) {
            throw new ElasticsearchStatusException(
                    "who may be tracked cannot be read",
                    ExceptionsHelper.status(item.getFailure().getFailure()),
                    item.getFailure().getFailure());
        }
        return item.getResponse().isExists()
                ? Json.readStored(item.getResponse().getSourceAsBytesRef()).path("blocks").asText()
                : "";
    }

    /** A block that was there when the version was read is found, as it was refreshed before. */
    private void load(
            String catalog,
            Collection<String> users,
            String version,
            ActionListener<Map<String, Blocks.Reason>> listener) {
        Blocks.all(
                own,
                catalog,
                listener.delegateFailureAndWrap(
                        (l, blocks) -> {
                            Known now = new Known(version, blocks);
                            known.put(catalog, now);
                            answer(catalog, users, now, l);
                        }));
    }

    private void answer(
            String catalog,
            Collection<String> users,
            Known known,
            ActionListener<Map<String, Blocks.Reason>> listener) {
        if (known.blocks.isEmpty()) {
            Blocks.find(own, catalog, users, listener);
            return;
        }
        Blocks.All blocks = known.blocks.get();
        Map<String, Blocks.Reason> reasons = new HashMap<>();
        if (!blocks.isEmpty()) {
            long now = own.threadPool().absoluteTimeInMillis();
            for (String user : users) {
                blocks.reason(catalog, user, now).ifPresent(why -> reasons.put(user, why));
            }
        }
        listener.onResponse(reasons);
    }
}
