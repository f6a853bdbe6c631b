package dev.persona.plugin.rebuild;

import dev.persona.plugin.catalog.Catalog;
import dev.persona.plugin.catalog.Catalogs;
import dev.persona.plugin.catalog.CompanionIndices;
import dev.persona.plugin.consent.Blocks;
import dev.persona.plugin.identity.Merges;
import dev.persona.plugin.json.Json;
import dev.persona.plugin.profile.ProfileDocument;
import dev.persona.plugin.profile.ProfileStore;
import dev.persona.plugin.profile.StoredProfile;
import dev.persona.plugin.segment.DerivedFields;
import dev.persona.plugin.task.IndexScan;
import dev.persona.plugin.task.JobTask;
import dev.persona.profiling.event.Event;
import dev.persona.profiling.event.EventJson;
import dev.persona.profiling.profile.Profile;
import dev.persona.profiling.profile.ProfileRules;

import org.elasticsearch.ElasticsearchException;
import org.elasticsearch.ElasticsearchStatusException;
import org.elasticsearch.ExceptionsHelper;
import org.elasticsearch.action.bulk.BulkItemResponse;
import org.elasticsearch.action.bulk.BulkRequest;
import org.elasticsearch.action.get.MultiGetItemResponse;
import org.elasticsearch.action.get.MultiGetRequest;
import org.elasticsearch.client.internal.Client;
import org.elasticsearch.common.bytes.BytesArray;
import org.elasticsearch.core.TimeValue;
import org.elasticsearch.index.query.QueryBuilders;
import org.elasticsearch.rest.RestStatus;
import org.elasticsearch.search.builder.SearchSourceBuilder;
import org.elasticsearch.search.sort.SortOrder;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Computes the profiles of some users anew.
 *
 * <p>A profile is made of the events that the stored one says it holds, and of those that its
 * follower has passed, which should be in it. It replaces the stored one only if that has not been
 * written meanwhile. So a follower that goes on with it afterwards misses no event and counts none
 * twice; where it was quicker, the user's turn comes again.
 */
final class UserRebuild {
    private static final TimeValue PATIENCE = TimeValue.timeValueSeconds(60);

    /** How often profiles that are written all the time are tried. */
    private static final int MOST_CONFLICTS = 50;

    private final Client client;
    private final Catalogs catalogs;
    private final IndexScan scan;
    private final Catalog catalog;
    private final ProfileRules rules;
    private final DerivedFields derived;
    private final PassedEvents passed;
    private final Merges merges;
    private final JobTask job;
    private long profiles;
    private long changed;
    private long created;
    private long events;

    UserRebuild(
            Client client,
            Catalogs catalogs,
            Catalog catalog,
            DerivedFields derived,
            PassedEvents passed,
            Merges merges,
            JobTask job) {
        this.client = client;
        this.catalogs = catalogs;
        this.scan = new IndexScan(client);
        this.catalog = catalog;
        this.rules = catalog.settings().rules();
        this.derived = derived;
        this.passed = passed;
        this.merges = merges;
        this.job = job;
    }

    /** A profile in the making: what is stored, and what becomes of it. */
    private final class Work {
        private final StoredProfile stored;
        private final ProfileDocument made;
        private final Map<String, Long> lastById = new HashMap<>();

        /**
         * @param mergedIds ids whose events count for the user besides those that the stored
         *     profile names
         */
        Work(String user, StoredProfile stored, Set<String> mergedIds) {
            this.stored = stored;
            ProfileDocument current = stored.document().current(passed.eventsUuid(), rules);
            this.made = current.withProfile(new Profile(rules), current.applied());
            current.applied().seqNos().keySet().forEach(id -> lastById.put(id, -1L));
            mergedIds.forEach(id -> lastById.put(id, -1L));
            lastById.putIfAbsent(user, -1L);
        }

        Set<String> ids() {
            return lastById.keySet();
        }

        void apply(Event event, long seqNo) {
            String id = event.user();
            if (made.applied().holds(id, seqNo) || passed.has(id, seqNo)) {
                made.profile().apply(event);
                lastById.merge(id, seqNo, Math::max);
                events++;
            }
        }

        boolean hasEvents() {
            return lastById.values().stream().anyMatch(last -> last >= 0);
        }

        ProfileDocument document(String user) {
            ProfileDocument document = made;
            for (Map.Entry<String, Long> last : lastById.entrySet()) {
                if (last.getValue() >= 0 || !last.getKey().equals(user)) {
                    document = document.upTo(last.getKey(), last.getValue());
                }
            }
            return document;
        }
    }

    /** Rebuilds the profiles of users that have a document. */
    void profiles(Collection<String> users) {
        Collection<String> left = users;
        for (int attempt = 0; !left.isEmpty(); attempt++) {
            requireProgress(attempt);
            Map<String, Work> works = new LinkedHashMap<>();
            read(left)
                    .forEach(
                            (user, stored) -> {
                                if (stored.exists() && stored.document().mergedInto().isEmpty()) {
                                    works.put(user, new Work(user, stored, Set.of()));
                                }
                            });
            replay(works);
            left = write(works);
        }
        profiles += users.size();
    }

    /** Makes the profiles of users that have lost their document. */
    void lost(Collection<String> users) {
        Map<String, Work> works = new LinkedHashMap<>();
        for (String user : users) {
            Set<String> ids = merges.idsByUser().getOrDefault(user, Set.of());
            works.put(user, new Work(user, StoredProfile.absent(rules), ids));
        }
        replay(works);
        works.values().removeIf(work -> !work.hasEvents());
        long before = changed;
        works.keySet().removeAll(Blocks.erased(client, catalog.name(), works.keySet(), PATIENCE));
        try {
            // Who has got a document meanwhile is not lost.
            write(works);
        } finally {
            created += changed - before;
            changed = before;
            // Nor is who was erased meanwhile.
            ProfileStore store = new ProfileStore(client, catalog);
            Blocks.erased(client, catalog.name(), works.keySet(), PATIENCE).forEach(store::remove);
        }
    }

    private static void requireProgress(int attempt) {
        if (attempt > MOST_CONFLICTS) {
            throw new ElasticsearchException("profiles are written by others all the time");
        }
    }

    private Map<String, StoredProfile> read(Collection<String> users) {
        MultiGetRequest request = new MultiGetRequest();
        users.forEach(user -> request.add(CompanionIndices.profiles(catalog.name()), user));
        Map<String, StoredProfile> found = new LinkedHashMap<>();
        for (MultiGetItemResponse item : client.multiGet(request).actionGet(PATIENCE)) {
            if (item.isFailed()) {
                throw new ElasticsearchStatusException(
                        "a profile cannot be read",
                        ExceptionsHelper.status(item.getFailure().getFailure()),
                        item.getFailure().getFailure());
            }
            found.put(item.getId(), StoredProfile.of(item.getResponse(), rules));
        }
        return found;
    }

    private void replay(Map<String, Work> works) {
        // An id that is being merged may be in two: the older of them will not be written.
        Map<String, List<Work>> worksById = new HashMap<>();
        for (Work work : works.values()) {
            for (String id : work.ids()) {
                worksById.computeIfAbsent(id, key -> new ArrayList<>()).add(work);
            }
        }
        if (worksById.isEmpty()) {
            return;
        }
        // In the order of the numbers, as the follower goes: sums come out the same to the last
        // digit.
        SearchSourceBuilder search =
                new SearchSourceBuilder()
                        .query(QueryBuilders.termsQuery("user_id", worksById.keySet()))
                        .sort("_seq_no", SortOrder.ASC)
                        .sort("_shard_doc")
                        .seqNoAndPrimaryTerm(true);
        // The scan refreshes first, so it sees whatever a profile that was read before holds.
        scan.run(
                CompanionIndices.events(catalog.name()),
                search,
                (done, total) -> job.ensureNotCancelled(),
                hit -> {
                    Event event =
                            EventJson.readStored(hit.getId(), Json.readStored(hit.getSourceRef()));
                    worksById.get(event.user()).forEach(work -> work.apply(event, hit.getSeqNo()));
                });
    }

    /** Items stand in no particular order, so the same profile may be written in several ways. */
    private static boolean isSame(byte[] one, byte[] other) {
        return Arrays.equals(one, other)
                || Json.readStored(new BytesArray(one))
                        .equals(Json.readStored(new BytesArray(other)));
    }

    /** Gives the users whose document somebody else has written meanwhile. */
    private Set<String> write(Map<String, Work> works) {
        BulkRequest writes = new BulkRequest();
        List<String> order = new ArrayList<>();
        // Not those of when the job began: the rules may have changed since.
        Catalog current = catalogs.get(catalog.name());
        long now = client.threadPool().absoluteTimeInMillis();
        works.forEach(
                (user, work) -> {
                    byte[] before = work.stored.document().source(user);
                    byte[] after = work.document(user).source(user);
                    if (!isSame(before, after)) {
                        byte[] written =
                                derived.atWrite(current, work.document(user), now).source(user);
                        writes.add(work.stored.replace(catalog.name(), user, written));
                        order.add(user);
                    }
                });
        Set<String> again = new TreeSet<>();
        if (order.isEmpty()) {
            return again;
        }
        int next = 0;
        for (BulkItemResponse item : client.bulk(writes).actionGet(PATIENCE)) {
            String user = order.get(next++);
            if (!item.isFailed()) {
                changed++;
            } else if (item.status() == RestStatus.CONFLICT) {
                again.add(user);
            } else {
                throw new ElasticsearchStatusException(
                        "a profile cannot be written",
                        ExceptionsHelper.status(item.getFailure().getCause()),
                        item.getFailure().getCause());
            }
        }
        return again;
    }

    long profiles() {
        return profiles;
    }

    long changed() {
        return changed;
    }

    long created() {
        return created;
    }

    long events() {
        return events;
    }
}
