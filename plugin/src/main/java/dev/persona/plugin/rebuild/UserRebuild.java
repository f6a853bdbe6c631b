package dev.persona.plugin.rebuild;

import dev.persona.plugin.catalog.Catalog;
import dev.persona.plugin.catalog.Catalogs;
import dev.persona.plugin.catalog.CompanionIndices;
import dev.persona.plugin.catalog.Tagging;
import dev.persona.plugin.identity.Merges;
import dev.persona.plugin.json.Json;
import dev.persona.plugin.profile.ProfileDocument;
import dev.persona.plugin.profile.StoredProfile;
import dev.persona.plugin.task.IndexScan;
import dev.persona.plugin.task.JobTask;
import dev.persona.profiling.event.Event;
import dev.persona.profiling.event.EventJson;
import dev.persona.profiling.profile.Profile;
import dev.persona.profiling.profile.ProfileRules;

import org.elasticsearch.ElasticsearchException;
import org.elasticsearch.action.bulk.BulkItemResponse;
import org.elasticsearch.action.bulk.BulkRequest;
import org.elasticsearch.action.get.MultiGetItemResponse;
import org.elasticsearch.action.get.MultiGetRequest;
import org.elasticsearch.client.internal.Client;
import org.elasticsearch.core.TimeValue;
import org.elasticsearch.index.query.QueryBuilders;
import org.elasticsearch.rest.RestStatus;
import org.elasticsearch.search.SearchHit;
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
 * <p>A profile is made of just those events that the stored one says it holds, and replaces it only
 * if that has not been written meanwhile. So a follower that goes on with it afterwards misses no
 * event and counts none twice; where it was quicker, the user's turn comes again.
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
    private final String eventsUuid;
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
            String eventsUuid,
            Merges merges,
            JobTask job) {
        this.client = client;
        this.catalogs = catalogs;
        this.scan = new IndexScan(client);
        this.catalog = catalog;
        this.rules = catalog.settings().rules();
        this.eventsUuid = eventsUuid;
        this.merges = merges;
        this.job = job;
    }

    /** A profile in the making: what is stored, and what becomes of it. */
    private static final class Work {
        private final StoredProfile stored;
        private ProfileDocument document;

        Work(StoredProfile stored, ProfileDocument document) {
            this.stored = stored;
            this.document = document;
        }
    }

    /** Rebuilds the profiles of users that have a document. */
    void profiles(List<String> users) {
        Collection<String> left = users;
        for (int attempt = 0; !left.isEmpty(); attempt++) {
            requireProgress(attempt);
            Map<String, Work> works = new LinkedHashMap<>();
            read(left)
                    .forEach(
                            (user, stored) -> {
                                if (stored.exists() && stored.document().mergedInto().isEmpty()) {
                                    works.put(user, new Work(stored, emptied(stored)));
                                }
                            });
            left = write(replayed(works));
        }
        profiles += users.size();
    }

    /**
     * Makes the profiles of user ids that have lost their document.
     *
     * @param lastByUser the last operation of each that its follower has passed
     */
    void lost(Map<String, Long> lastByUser) {
        Map<String, Work> works = new LinkedHashMap<>();
        lastByUser.forEach(
                (user, last) -> {
                    StoredProfile absent = StoredProfile.absent(rules);
                    works.put(user, new Work(absent, emptied(absent).upTo(user, last)));
                });
        long before = changed;
        // Who has got a document meanwhile is not lost.
        write(replayed(works));
        created += changed - before;
        changed = before;
    }

    private static void requireProgress(int attempt) {
        if (attempt > MOST_CONFLICTS) {
            throw new ElasticsearchException("profiles are written by others all the time");
        }
    }

    /** The same document, holding the same events by number, with nothing of them applied yet. */
    private ProfileDocument emptied(StoredProfile stored) {
        ProfileDocument current = stored.document().current(eventsUuid, rules);
        return current.withProfile(new Profile(rules), current.applied());
    }

    private Map<String, StoredProfile> read(Collection<String> users) {
        MultiGetRequest request = new MultiGetRequest();
        users.forEach(user -> request.add(CompanionIndices.profiles(catalog.name()), user));
        Map<String, StoredProfile> found = new LinkedHashMap<>();
        for (MultiGetItemResponse item : client.multiGet(request).actionGet(PATIENCE)) {
            if (item.isFailed()) {
                throw new ElasticsearchException(
                        "a profile cannot be read", item.getFailure().getFailure());
            }
            found.put(item.getId(), StoredProfile.of(item.getResponse(), rules));
        }
        return found;
    }

    private Map<String, Work> replayed(Map<String, Work> works) {
        Map<String, String> userById = new HashMap<>();
        works.forEach(
                (user, work) -> {
                    Set<String> ids =
                            new TreeSet<>(merges.idsByUser().getOrDefault(user, Set.of(user)));
                    ids.addAll(work.document.applied().seqNos().keySet());
                    ids.forEach(id -> userById.put(id, user));
                });
        if (userById.isEmpty()) {
            return works;
        }
        // In the order of the numbers, as the follower goes: sums come out the same to the last
        // digit.
        SearchSourceBuilder search =
                new SearchSourceBuilder()
                        .query(QueryBuilders.termsQuery("user_id", userById.keySet()))
                        .sort("_seq_no", SortOrder.ASC)
                        .sort("_shard_doc")
                        .seqNoAndPrimaryTerm(true);
        // The scan refreshes first, so it sees whatever a profile that was read before holds.
        scan.run(
                CompanionIndices.events(catalog.name()),
                search,
                (done, total) -> job.ensureNotCancelled(),
                hit -> apply(hit, userById, works));
        return works;
    }

    private void apply(SearchHit hit, Map<String, String> userById, Map<String, Work> works) {
        Event event = EventJson.readStored(hit.getId(), Json.readStored(hit.getSourceRef()));
        Work work = works.get(userById.get(event.user()));
        if (work.document.applied().holds(event.user(), hit.getSeqNo())) {
            work.document.profile().apply(event);
            events++;
        }
    }

    /** Gives the users whose document somebody else has written meanwhile. */
    private Set<String> write(Map<String, Work> works) {
        BulkRequest writes = new BulkRequest();
        List<String> order = new ArrayList<>();
        // Not those of when the job began: the rules may have changed since.
        Tagging tagging = catalogs.get(catalog.name()).tagging();
        long now = client.threadPool().absoluteTimeInMillis();
        works.forEach(
                (user, work) -> {
                    byte[] before = work.stored.document().source(user);
                    byte[] after = work.document.source(user);
                    if (!Arrays.equals(before, after)) {
                        byte[] tagged = work.document.tagged(tagging, now).source(user);
                        writes.add(work.stored.replace(catalog.name(), user, tagged));
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
                throw new ElasticsearchException(
                        "a profile cannot be written", item.getFailure().getCause());
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
