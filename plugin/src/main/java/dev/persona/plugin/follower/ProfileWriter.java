package dev.persona.plugin.follower;

import dev.persona.plugin.catalog.Catalog;
import dev.persona.plugin.profile.StoredProfile;
import dev.persona.profiling.profile.ProfileRules;

import org.elasticsearch.ElasticsearchException;
import org.elasticsearch.client.internal.Client;
import org.elasticsearch.rest.RestStatus;

import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;

/**
 * Takes events into the profiles of their users, and writes these. A user's profile takes them in
 * memory and is written later; one that several ids count for, which followers of other shards may
 * write too, is written at once. What a profile holds already is recognised, so the same events may
 * be given again after any failure.
 *
 * <p>Waits for other actions; for the threads of followers. Not safe for use by several threads.
 */
final class ProfileWriter {
    /** How many documents go out together: events have to wait for them. */
    private static final int BATCH = 500;

    /** How often in a row a profile may be written by somebody else before we wait a while. */
    private static final int MOST_CONFLICTS = 5;

    private final Client client;
    private final LiveProfiles live;
    private final FollowerCounters counters;
    private final LongSupplier clock;

    /**
     * @param clock in milliseconds
     */
    ProfileWriter(Client client, LiveProfiles live, FollowerCounters counters, LongSupplier clock) {
        this.client = client;
        this.live = live;
        this.counters = counters;
        this.clock = clock;
    }

    /**
     * Takes events in.
     *
     * @param uuid of the events index
     * @param history the last operation that the shard held when its follower started
     * @throws RuntimeException when something could not be read or written just now; the same
     *     events are to be given again
     */
    void take(Catalog catalog, String uuid, StoredEvents events, long history) {
        Map<String, List<StoredEvents.Numbered>> shared = new LinkedHashMap<>();
        Map<String, List<StoredEvents.Numbered>> own = new LinkedHashMap<>();
        Set<String> unknown = new HashSet<>(events.byUser().keySet());
        unknown.removeIf(user -> live.base(user).isPresent());
        StoredProfiles stored = new StoredProfiles(client, catalog);
        stored.read(unknown).forEach(live::put);
        Set<String> absent = new HashSet<>();
        events.byUser()
                .forEach(
                        (user, theirs) -> {
                            // One just put may have had to go again, for want of room.
                            StoredProfile base = live.base(user).orElseGet(() -> stored.get(user));
                            if (isShared(user, base)) {
                                shared.put(user, theirs);
                            } else {
                                own.put(user, theirs);
                                if (!base.exists() && !live.isUnwritten(user)) {
                                    absent.add(user);
                                }
                            }
                        });
        ErasedUsers erased = new ErasedUsers(client, catalog.name(), counters);
        erased.drop(absent, own)
                .forEach(
                        user -> {
                            live.remove(user);
                            own.remove(user);
                        });
        new DeletedEvents(client, catalog.name()).leaveOut(absent, own, history);
        ProfileRules rules = catalog.settings().rules();
        long now = clock.getAsLong();
        own.forEach(
                (user, theirs) -> {
                    if (live.base(user).isEmpty()) {
                        live.put(user, stored.get(user));
                    }
                    counters.applied(live.apply(user, uuid, rules, theirs, now));
                });
        writeThrough(catalog, uuid, shared);
    }

    private static boolean isShared(String user, StoredProfile base) {
        Set<String> ids = base.document().applied().seqNos().keySet();
        return base.document().mergedInto().isPresent()
                || !base.document().claims().isEmpty()
                || ids.size() > 1
                || (ids.size() == 1 && !ids.contains(user));
    }

    /** Takes events into documents that others may write too. */
    private void writeThrough(
            Catalog catalog, String uuid, Map<String, List<StoredEvents.Numbered>> events) {
        Map<String, List<StoredEvents.Numbered>> pending = events;
        for (int attempt = 0; !pending.isEmpty(); attempt++) {
            if (attempt > MOST_CONFLICTS) {
                throw new ElasticsearchException("profiles are written by others all the time");
            }
            pending = new WriteThrough(client, catalog, uuid, counters, pending).run();
        }
        events.keySet().forEach(live::remove);
    }

    /**
     * Writes documents of profiles that are ahead of theirs, a batch of them.
     *
     * @param since those that are so at least since then, in milliseconds of the clock
     */
    Flushed flush(Catalog catalog, long since) {
        List<LiveProfiles.Unwritten> batch = live.unwritten(since, BATCH);
        if (batch.isEmpty()) {
            return new Flushed(Map.of(), Optional.empty());
        }
        ProfileWrites writes = new ProfileWrites(client, catalog);
        batch.forEach(one -> writes.add(one.user(), one.base(), one.document()));
        Map<String, Long> again = new HashMap<>();
        Optional<Exception> failure = Optional.empty();
        int next = 0;
        for (ProfileWrites.Answer answer : writes.send()) {
            LiveProfiles.Unwritten one = batch.get(next++);
            if (answer.isWritten()) {
                counters.written(1);
                live.put(one.user(), answer.stored());
            } else if (answer.status() == RestStatus.CONFLICT) {
                counters.conflict();
                live.remove(one.user());
                again.put(one.user(), one.first());
            } else if (answer.isForGood()) {
                live.remove(one.user());
                counters.skip(catalog.name(), 1, answer.failure());
            } else {
                failure = Optional.of(answer.failure());
            }
        }
        return new Flushed(again, failure);
    }

    /**
     * What came of writing a batch.
     *
     * @param again the first event that is to be taken in again by user, where somebody else has
     *     written the document meanwhile; those profiles are given up here
     * @param failure why some could not be written now; those stay as they are
     */
    record Flushed(Map<String, Long> again, Optional<Exception> failure) {}
}
