package dev.persona.plugin.follower;

import dev.persona.plugin.catalog.Catalog;
import dev.persona.plugin.profile.ProfileDocument;
import dev.persona.plugin.segment.DerivedFields;
import dev.persona.profiling.profile.ProfileRules;

import org.elasticsearch.ElasticsearchException;
import org.elasticsearch.client.internal.Client;
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
 * One try to take events into the stored documents of their users, following where ids have been
 * merged into others.
 */
final class ProfileUpdate {
    private final Client client;
    private final Catalog catalog;
    private final ProfileRules rules;
    private final String uuid;
    private final FollowerCounters counters;
    private final Map<String, List<NumberedEvent>> events;
    private final ProfileCache cache;
    private final DerivedFields derived;
    private final long history;
    private final StoredProfiles stored;
    private final Map<String, Deque<String>> ways = new HashMap<>();
    private final Map<String, List<String>> sourcesByRoot = new LinkedHashMap<>();

    ProfileUpdate(
            Client client,
            Catalog catalog,
            String uuid,
            FollowerCounters counters,
            ProfileCache cache,
            DerivedFields derived,
            long history,
            Map<String, List<NumberedEvent>> events) {
        this.client = client;
        this.catalog = catalog;
        this.rules = catalog.settings().rules();
        this.uuid = uuid;
        this.counters = counters;
        this.events = new HashMap<>(events);
        this.cache = cache;
        this.derived = derived;
        this.history = history;
        this.stored = new StoredProfiles(client, catalog, cache);
    }

    /** Gives the events of those users whose profile somebody else has written meanwhile. */
    Map<String, List<NumberedEvent>> run() {
        stored.read(events.keySet());
        for (String source : events.keySet()) {
            sourcesByRoot.computeIfAbsent(walk(source), user -> new ArrayList<>()).add(source);
        }
        dropErased();
        ProfileWrites writes = new ProfileWrites(client, catalog, derived);
        List<Written> order = new ArrayList<>();
        sourcesByRoot.forEach((root, sources) -> update(root, sources, writes, order));
        return writes.isEmpty() ? Map.of() : check(writes, order);
    }

    /** Goes from an id to the user that it counts for, and remembers the way. */
    private String walk(String source) {
        Deque<String> way = new ArrayDeque<>();
        Set<String> seen = new HashSet<>();
        String user = source;
        while (true) {
            var next = stored.get(user).document().mergedInto();
            if (next.isEmpty()) {
                ways.put(source, way);
                return user;
            }
            // The last on the way comes first: what it took over is taken over with it.
            way.push(user);
            if (!seen.add(user)) {
                throw new ElasticsearchException("ids are merged in a circle");
            }
            user = next.get();
        }
    }

    private void dropErased() {
        Set<String> suspects = new HashSet<>();
        sourcesByRoot.forEach(
                (root, sources) -> {
                    if (!stored.get(root).exists()) {
                        suspects.add(root);
                        suspects.addAll(sources);
                    }
                });
        Collection<String> erased =
                new ErasedUsers(client, catalog.name(), counters).drop(suspects, events);
        erased.forEach(cache::remove);
        sourcesByRoot.values().forEach(sources -> sources.removeAll(erased));
        sourcesByRoot.values().removeIf(List::isEmpty);
        suspects.removeAll(erased);
        new DeletedEvents(client, catalog.name()).leaveOut(suspects, events, history);
    }

    private void update(
            String root, List<String> sources, ProfileWrites writes, List<Written> order) {
        ProfileDocument document = stored.get(root).document().current(uuid, rules);
        boolean changed = false;
        int taken = 0;
        for (String source : sources) {
            for (String passed : ways.get(source)) {
                if (!document.hasAbsorbed(passed)) {
                    ProfileDocument left = stored.get(passed).document().current(uuid, rules);
                    document = document.absorb(passed, left);
                    changed = true;
                }
            }
            long last = -1;
            for (NumberedEvent numbered : events.get(source)) {
                if (!document.applied().holds(source, numbered.seqNo())) {
                    ProfileDocument taking = document;
                    numbered.event().ifPresent(event -> taking.profile().apply(event));
                    last = numbered.seqNo();
                    taken++;
                }
            }
            if (last >= 0) {
                document = document.upTo(source, last);
                changed = true;
            }
        }
        if (changed) {
            writes.add(root, stored.get(root), document);
            order.add(new Written(root, sources, taken));
        }
    }

    /**
     * A document on its way.
     *
     * @param root whose it is
     * @param sources the ids whose events it takes in
     * @param taken how many events those are
     */
    private record Written(String root, List<String> sources, int taken) {}

    private Map<String, List<NumberedEvent>> check(ProfileWrites writes, List<Written> order) {
        Map<String, List<NumberedEvent>> again = new LinkedHashMap<>();
        List<Exception> failures = new ArrayList<>();
        int next = 0;
        for (ProfileWrites.Answer answer : writes.send()) {
            Written written = order.get(next++);
            if (answer.isWritten()) {
                counters.written(1);
                counters.applied(written.taken);
                cache.put(
                        written.root,
                        answer.source(),
                        answer.item().getResponse().getSeqNo(),
                        answer.item().getResponse().getPrimaryTerm());
                continue;
            }
            cache.remove(written.root);
            written.sources.forEach(cache::remove);
            if (answer.status() == RestStatus.CONFLICT) {
                counters.conflict();
                written.sources.forEach(source -> again.put(source, events.get(source)));
            } else if (answer.isForGood()) {
                counters.skip(catalog.name(), written.taken, answer.failure());
            } else {
                failures.add(answer.failure());
            }
        }
        if (!failures.isEmpty()) {
            throw new ElasticsearchException(
                    "[{}] profiles cannot be written", failures.getFirst(), failures.size());
        }
        return again;
    }
}
