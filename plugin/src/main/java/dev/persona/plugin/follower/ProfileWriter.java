package dev.persona.plugin.follower;

import dev.persona.plugin.catalog.Catalog;
import dev.persona.plugin.catalog.CompanionIndices;
import dev.persona.plugin.consent.Blocks;
import dev.persona.plugin.profile.ProfileDocument;
import dev.persona.plugin.profile.StoredProfile;
import dev.persona.profiling.profile.ProfileRules;

import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.elasticsearch.ElasticsearchException;
import org.elasticsearch.ExceptionsHelper;
import org.elasticsearch.action.bulk.BulkItemResponse;
import org.elasticsearch.action.bulk.BulkRequest;
import org.elasticsearch.action.delete.DeleteRequest;
import org.elasticsearch.action.get.MultiGetItemResponse;
import org.elasticsearch.action.get.MultiGetRequest;
import org.elasticsearch.client.internal.Client;
import org.elasticsearch.core.TimeValue;
import org.elasticsearch.rest.RestStatus;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Takes events into the profiles of their users and writes these, each with what it holds and only
 * if nobody else has written it meanwhile. What a profile holds already is recognised, so the same
 * events may be given again after any failure.
 *
 * <p>Waits for other actions; for the threads of followers. Not safe for use by several threads.
 */
final class ProfileWriter {
    private static final Logger logger = LogManager.getLogger(ProfileWriter.class);

    private static final TimeValue PATIENCE = TimeValue.timeValueSeconds(60);

    /** How often in a row a profile may be written by somebody else before we wait a while. */
    private static final int MOST_CONFLICTS = 5;

    /** How many ids may lead from one to the next. */
    private static final int MOST_HOPS = 100;

    private final Client client;
    private final ProfileCache cache;
    private final FollowerCounters counters;

    ProfileWriter(Client client, ProfileCache cache, FollowerCounters counters) {
        this.client = client;
        this.cache = cache;
        this.counters = counters;
    }

    /**
     * Takes events in. Returns when all profiles are written.
     *
     * @param uuid of the events index
     * @throws RuntimeException when something could not be read or written just now; the same
     *     events are to be given again
     */
    void write(Catalog catalog, String uuid, StoredEvents events) {
        Map<String, List<StoredEvents.Numbered>> pending = events.byUser();
        for (int attempt = 0; !pending.isEmpty(); attempt++) {
            if (attempt > MOST_CONFLICTS) {
                throw new ElasticsearchException("profiles are written by others all the time");
            }
            pending = new Attempt(catalog, uuid, pending).run();
        }
    }

    /** Forgets what it knows of the stored documents. */
    void forget() {
        cache.clear();
    }

    /** One try to take some events in. */
    private final class Attempt {
        private final Catalog catalog;
        private final ProfileRules rules;
        private final String uuid;
        private final Map<String, List<StoredEvents.Numbered>> events;
        private final Map<String, StoredProfile> known = new HashMap<>();
        private final Map<String, Deque<String>> ways = new HashMap<>();
        private final Map<String, List<String>> sourcesByRoot = new LinkedHashMap<>();

        Attempt(Catalog catalog, String uuid, Map<String, List<StoredEvents.Numbered>> events) {
            this.catalog = catalog;
            this.rules = catalog.settings().rules();
            this.uuid = uuid;
            this.events = events;
        }

        /** Gives the events of those users whose profile somebody else has written meanwhile. */
        Map<String, List<StoredEvents.Numbered>> run() {
            try {
                load(events.keySet());
                for (String source : events.keySet()) {
                    String root = walk(source);
                    sourcesByRoot.computeIfAbsent(root, user -> new ArrayList<>()).add(source);
                }
                dropErased();
                BulkRequest writes = new BulkRequest();
                List<Written> order = new ArrayList<>();
                sourcesByRoot.forEach((root, sources) -> update(root, sources, writes, order));
                return order.isEmpty()
                        ? Map.of()
                        : check(client.bulk(writes).actionGet(PATIENCE), order);
            } catch (RuntimeException e) {
                // Profiles in memory may hold events that those stored do not.
                known.keySet().forEach(cache::remove);
                throw e;
            }
        }

        private void load(Collection<String> users) {
            MultiGetRequest request = new MultiGetRequest();
            String index = CompanionIndices.profiles(catalog.name());
            for (String user : users) {
                cache.find(user)
                        .ifPresentOrElse(
                                stored -> known.put(user, stored), () -> request.add(index, user));
            }
            if (request.getItems().isEmpty()) {
                return;
            }
            for (MultiGetItemResponse item : client.multiGet(request).actionGet(PATIENCE)) {
                if (item.isFailed()) {
                    throw new ElasticsearchException(
                            "a profile cannot be read", item.getFailure().getFailure());
                }
                known.put(item.getId(), StoredProfile.of(item.getResponse(), rules));
            }
        }

        /** Goes from an id to the user that it counts for, and remembers the way. */
        private String walk(String source) {
            Deque<String> way = new ArrayDeque<>();
            String user = source;
            while (true) {
                if (!known.containsKey(user)) {
                    load(List.of(user));
                }
                var next = known.get(user).document().mergedInto();
                if (next.isEmpty()) {
                    ways.put(source, way);
                    return user;
                }
                // The last on the way comes first: what it took over is taken over with it.
                way.push(user);
                if (way.size() > MOST_HOPS) {
                    throw new ElasticsearchException("ids are merged in a circle");
                }
                user = next.get();
            }
        }

        /** A user that is not there may be one who was erased: events that were on their way. */
        private void dropErased() {
            List<String> absent =
                    sourcesByRoot.keySet().stream()
                            .filter(root -> !known.get(root).exists())
                            .toList();
            if (absent.isEmpty()) {
                return;
            }
            Set<String> asked = new HashSet<>(absent);
            absent.forEach(root -> asked.addAll(sourcesByRoot.get(root)));
            Set<String> erased = Blocks.erased(client, catalog.name(), asked, PATIENCE);
            BulkRequest deletions = new BulkRequest();
            String index = CompanionIndices.writeAlias(CompanionIndices.events(catalog.name()));
            for (String root : absent) {
                List<String> sources = sourcesByRoot.get(root);
                for (String source : List.copyOf(sources)) {
                    if (erased.contains(root) || erased.contains(source)) {
                        sources.remove(source);
                        cache.remove(source);
                        for (StoredEvents.Numbered numbered : events.get(source)) {
                            deletions.add(
                                    new DeleteRequest(index, numbered.event().id())
                                            .routing(source));
                        }
                    }
                }
                if (sources.isEmpty()) {
                    sourcesByRoot.remove(root);
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
        }

        private void update(
                String root, List<String> sources, BulkRequest writes, List<Written> order) {
            StoredProfile before = known.get(root);
            ProfileDocument document = before.document().current(uuid, rules);
            boolean changed = false;
            for (String source : sources) {
                for (String passed : ways.get(source)) {
                    if (!document.hasAbsorbed(passed)) {
                        ProfileDocument left = known.get(passed).document().current(uuid, rules);
                        document = document.absorb(passed, left);
                        changed = true;
                    }
                }
                long last = -1;
                for (StoredEvents.Numbered numbered : events.get(source)) {
                    if (!document.applied().holds(source, numbered.seqNo())) {
                        document.profile().apply(numbered.event());
                        last = numbered.seqNo();
                        counters.applied(1);
                    }
                }
                if (last >= 0) {
                    document = document.upTo(source, last);
                    changed = true;
                }
            }
            if (!changed) {
                return;
            }
            document =
                    document.tagged(catalog.tagging(), client.threadPool().absoluteTimeInMillis());
            byte[] bytes = document.source(root);
            writes.add(before.replace(catalog.name(), root, bytes));
            order.add(new Written(root, sources, document, bytes.length));
        }

        /** A document on its way, with the ids whose events it takes in. */
        private record Written(
                String root, List<String> sources, ProfileDocument document, int bytes) {}

        private Map<String, List<StoredEvents.Numbered>> check(
                Iterable<BulkItemResponse> answers, List<Written> order) {
            Map<String, List<StoredEvents.Numbered>> again = new LinkedHashMap<>();
            List<Exception> failures = new ArrayList<>();
            int next = 0;
            for (BulkItemResponse answer : answers) {
                Written written = order.get(next++);
                if (!answer.isFailed()) {
                    counters.written(1);
                    keep(written, answer);
                    continue;
                }
                forget(written);
                if (answer.status() == RestStatus.CONFLICT) {
                    counters.conflict();
                    written.sources.forEach(source -> again.put(source, events.get(source)));
                } else if (isForGood(answer)) {
                    skip(written, answer);
                } else {
                    failures.add(answer.getFailure().getCause());
                }
            }
            if (!failures.isEmpty()) {
                throw new ElasticsearchException(
                        "[{}] profiles cannot be written", failures.getFirst(), failures.size());
            }
            return again;
        }

        private void keep(Written written, BulkItemResponse answer) {
            cache.put(
                    written.root,
                    new StoredProfile(
                            written.document,
                            answer.getResponse().getSeqNo(),
                            answer.getResponse().getPrimaryTerm(),
                            written.bytes));
            for (String source : written.sources) {
                ways.get(source).forEach(passed -> cache.put(passed, known.get(passed)));
            }
        }

        private void forget(Written written) {
            cache.remove(written.root);
            for (String source : written.sources) {
                cache.remove(source);
                ways.get(source).forEach(cache::remove);
            }
        }

        /** Whether Elasticsearch will refuse the document whenever it is sent. */
        private static boolean isForGood(BulkItemResponse answer) {
            return answer.status() == RestStatus.BAD_REQUEST
                    || answer.status() == RestStatus.REQUEST_ENTITY_TOO_LARGE;
        }

        private void skip(Written written, BulkItemResponse answer) {
            int lost = 0;
            for (String source : written.sources) {
                lost += events.get(source).size();
            }
            counters.skipped(lost);
            logger.warn(
                    "[{}] events of one user of [{}] are in no profile, Elasticsearch refuses it;"
                            + " mend the cause and rebuild the profiles: {}",
                    lost,
                    catalog.name(),
                    ExceptionsHelper.unwrapCause(answer.getFailure().getCause()).toString());
        }
    }
}
