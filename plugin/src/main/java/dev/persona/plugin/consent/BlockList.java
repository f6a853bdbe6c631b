package dev.persona.plugin.consent;

import dev.persona.plugin.catalog.CompanionIndices;
import dev.persona.plugin.json.Json;

import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.elasticsearch.ExceptionsHelper;
import org.elasticsearch.action.ActionListener;
import org.elasticsearch.action.get.GetResponse;
import org.elasticsearch.action.get.MultiGetRequest;
import org.elasticsearch.action.get.MultiGetResponse;
import org.elasticsearch.action.support.SubscribableListener;
import org.elasticsearch.client.internal.Client;
import org.elasticsearch.common.cache.Cache;
import org.elasticsearch.common.cache.CacheBuilder;
import org.elasticsearch.common.util.concurrent.EsExecutors;
import org.elasticsearch.core.TimeValue;
import org.elasticsearch.rest.RestStatus;

import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The blocks of each catalog as this node has read them last. Every call that sends events asks who
 * is refused, and blocks change seldom: so it asks only whether they are still those that are known
 * here, by a version that whoever changes a block writes after it.
 */
public final class BlockList {
    private static final Logger logger = LogManager.getLogger(BlockList.class);

    /** Whatever becomes of a version, nobody goes by a list that is older. */
    private static final TimeValue KEPT = TimeValue.timeValueMinutes(1);

    /** The version of a catalog none of whose blocks has ever changed. */
    private static final String NO_VERSION = "";

    private final Client own;
    private final Cache<String, Known> known =
            CacheBuilder.<String, Known>builder().setExpireAfterWrite(KEPT).build();

    /** Lists that are being read, by catalog and version, so that not every call reads one. */
    private final Map<Reading, SubscribableListener<Known>> readings = new ConcurrentHashMap<>();

    /**
     * Made once a node.
     *
     * @param own acts for the plugin itself: what one caller may see must not become what all do
     */
    public BlockList(Client own) {
        this.own = own;
    }

    private record Reading(String catalog, String version) {}

    /**
     * Blocks as they were at a version or later.
     *
     * @param blocks by the hash of the user; empty when there are too many to keep, or the plugin
     *     may not read them
     * @param mayRead whether the plugin may
     */
    private record Known(String version, Optional<Blocks.Found> blocks, boolean mayRead) {

        /** Too many stay so for a while: who reads each time anew needs no list of a version. */
        boolean isOf(String other) {
            return blocks.isEmpty() || version.equals(other);
        }
    }

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
                            if (here != null && here.isOf(version)) {
                                answer(client, catalog, users, here, l);
                            } else {
                                read(
                                        catalog,
                                        version,
                                        l.delegateFailureAndWrap(
                                                (m, now) ->
                                                        answer(client, catalog, users, now, m)));
                            }
                        }));
    }

    private static String version(MultiGetResponse found) {
        GetResponse response = Blocks.requireRead(found.getResponses()[0]);
        return response.isExists()
                ? Json.readStored(response.getSourceAsBytesRef()).path("blocks").asText()
                : NO_VERSION;
    }

    /** A block that was there when the version was read is found, as it was refreshed before. */
    private void read(String catalog, String version, ActionListener<Known> listener) {
        Reading reading = new Reading(catalog, version);
        SubscribableListener<Known> mine = new SubscribableListener<>();
        SubscribableListener<Known> running = readings.putIfAbsent(reading, mine);
        if (running != null) {
            // Each goes on as the caller that it was: what follows is done with its rights.
            running.addListener(
                    listener,
                    EsExecutors.DIRECT_EXECUTOR_SERVICE,
                    own.threadPool().getThreadContext());
            return;
        }
        mine.addListener(listener);
        Blocks.all(
                own,
                catalog,
                ActionListener.runBefore(
                        ActionListener.wrap(
                                blocks -> mine.onResponse(keep(catalog, version, blocks, true)),
                                e -> {
                                    if (isNotAllowed(e)) {
                                        logger.warn(
                                                "the plugin may not read who is refused in [{}],"
                                                        + " each call does it for itself: {}",
                                                catalog,
                                                e.toString());
                                        mine.onResponse(
                                                keep(catalog, version, Optional.empty(), false));
                                    } else {
                                        mine.onFailure(e);
                                    }
                                }),
                        () -> readings.remove(reading)));
    }

    private Known keep(
            String catalog, String version, Optional<Blocks.Found> blocks, boolean mayRead) {
        Known now = new Known(version, blocks, mayRead);
        known.put(catalog, now);
        return now;
    }

    private static boolean isNotAllowed(Exception e) {
        RestStatus status = ExceptionsHelper.status(e);
        return status == RestStatus.FORBIDDEN || status == RestStatus.UNAUTHORIZED;
    }

    private void answer(
            Client client,
            String catalog,
            Collection<String> users,
            Known list,
            ActionListener<Map<String, Blocks.Reason>> listener) {
        if (!list.mayRead) {
            Blocks.get(client, catalog, users, listener);
            return;
        }
        if (list.blocks.isEmpty()) {
            Blocks.find(own, catalog, users, listener);
            return;
        }
        long now = own.threadPool().absoluteTimeInMillis();
        listener.onResponse(list.blocks.get().reasons(catalog, users, now));
    }
}
