package dev.persona.plugin.follower;

import dev.persona.plugin.profile.ProfileDocument;
import dev.persona.plugin.profile.StoredProfile;
import dev.persona.profiling.profile.ProfileRules;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Profiles as the follower of one shard has them in memory: ahead of the stored documents by the
 * events of the last seconds. Writing a document for each event would cost several times what the
 * event itself does; so a profile takes events in here, and is written now and then. What a crash
 * takes away is read again from the events.
 *
 * <p>A profile here counts only together with the stored document that it goes on from: if somebody
 * else has written that meanwhile, it is given up, and made anew from there.
 *
 * <p>Safe for use by several threads: one changes it, others look at single profiles.
 */
final class LiveProfiles {
    /** What a profile takes up besides its JSON. */
    private static final int OVERHEAD = 1000;

    /** By how much an event may make it grow. */
    private static final int EVENT = 100;

    private final LongSupplier mostBytes;
    private final Map<String, Live> profiles = new LinkedHashMap<>(16, 0.75f, true);

    /** Those that are ahead of their documents, the longest so first. */
    private final Map<String, Live> unwritten = new LinkedHashMap<>();

    private long bytes;

    /**
     * @param mostBytes of the profiles kept, as JSON; in memory they take several times that. May
     *     change
     */
    LiveProfiles(LongSupplier mostBytes) {
        this.mostBytes = mostBytes;
    }

    /** One that is not stored yet is small, but it is there. */
    private static long bytes(StoredProfile base) {
        return base.bytes() + OVERHEAD;
    }

    private static final class Live {
        private int taken;
        private final StoredProfile base;
        private ProfileDocument document;
        private long firstUnwritten = Long.MAX_VALUE;
        private long since;

        Live(StoredProfile base) {
            this.base = base;
            this.document = base.document();
        }

        long bytes() {
            return LiveProfiles.bytes(base) + (long) taken * EVENT;
        }

        boolean isUnwritten() {
            return firstUnwritten != Long.MAX_VALUE;
        }
    }

    /**
     * A profile that is ahead of its document.
     *
     * @param base the document that it goes on from
     * @param document what is to be stored
     * @param first sequence number of the first event that the base does not hold
     */
    record Unwritten(String user, StoredProfile base, ProfileDocument document, long first) {}

    /**
     * A profile that is ahead of its document, for others to see.
     *
     * @param baseSeqNo of the last write of the document that it goes on from
     * @param basePrimaryTerm of that write
     * @param source what is to be stored
     */
    record Ahead(long baseSeqNo, long basePrimaryTerm, byte[] source) {}

    /** The document that the profile of a user goes on from, if it is here. */
    synchronized Optional<StoredProfile> base(String user) {
        return Optional.ofNullable(profiles.get(user)).map(live -> live.base);
    }

    /** Whether a profile is here and ahead of its document. */
    synchronized boolean isUnwritten(String user) {
        return unwritten.containsKey(user);
    }

    /** Lets go of a profile that is as it is stored: somebody is about to write the document. */
    synchronized void forget(String user) {
        if (!isUnwritten(user)) {
            remove(user);
        }
    }

    /** Keeps a document as it is stored, in place of what was here. */
    synchronized void put(String user, StoredProfile stored) {
        remove(user);
        profiles.put(user, new Live(stored));
        bytes += bytes(stored);
        // The eldest go first; those that are not written yet have to stay.
        long most = mostBytes.getAsLong();
        Iterator<Live> eldest = profiles.values().iterator();
        while (bytes > most && unwritten.size() + 1 < profiles.size() && eldest.hasNext()) {
            Live live = eldest.next();
            if (!live.isUnwritten() && live.base != stored) {
                bytes -= live.bytes();
                eldest.remove();
            }
        }
    }

    /** Gives a profile up. */
    synchronized void remove(String user) {
        Live before = profiles.remove(user);
        if (before != null) {
            bytes -= before.bytes();
            unwritten.remove(user);
        }
    }

    synchronized void clear() {
        profiles.clear();
        unwritten.clear();
        bytes = 0;
    }

    /**
     * Takes events of a user into the profile that is here.
     *
     * @param uuid of the events index
     * @param now in milliseconds of any clock
     * @return how many were not in it before
     */
    synchronized int apply(
            String user,
            String uuid,
            ProfileRules rules,
            List<StoredEvents.Numbered> events,
            long now) {
        Live live = profiles.get(user);
        ProfileDocument document = live.document.current(uuid, rules);
        int taken = 0;
        long last = -1;
        for (StoredEvents.Numbered numbered : events) {
            if (!document.applied().holds(user, numbered.seqNo())) {
                document.profile().apply(numbered.event());
                last = numbered.seqNo();
                taken++;
                if (!live.isUnwritten()) {
                    live.firstUnwritten = numbered.seqNo();
                    live.since = now;
                    unwritten.put(user, live);
                }
            }
        }
        live.taken += taken;
        bytes += (long) taken * EVENT;
        live.document = last < 0 ? live.document : document.upTo(user, last);
        return taken;
    }

    /**
     * Profiles that are ahead of their documents, the longest so first.
     *
     * @param since at least since that time
     * @param most how many at most
     */
    synchronized List<Unwritten> unwritten(long since, int most) {
        List<Unwritten> found = new ArrayList<>();
        for (Map.Entry<String, Live> entry : unwritten.entrySet()) {
            Live live = entry.getValue();
            live.document.profile().settle();
            if (found.size() == most || live.since > since) {
                break;
            }
            found.add(new Unwritten(entry.getKey(), live.base, live.document, live.firstUnwritten));
        }
        return found;
    }

    /** How many profiles are ahead of their documents. */
    synchronized int unwrittenCount() {
        return unwritten.size();
    }

    /** The first event that is in no stored document; empty when all are. */
    synchronized Optional<Long> firstUnwritten() {
        return unwritten.values().stream().map(live -> live.firstUnwritten).min(Long::compare);
    }

    /** Whether what is not written takes up most of the room. */
    synchronized boolean isFull() {
        return bytes > mostBytes.getAsLong() && !unwritten.isEmpty();
    }

    /** A profile as it is here, if it is ahead of its document. */
    synchronized Optional<Ahead> ahead(String user) {
        Live live = unwritten.get(user);
        return live == null
                ? Optional.empty()
                : Optional.of(
                        new Ahead(
                                live.base.seqNo(),
                                live.base.primaryTerm(),
                                live.document.source(user)));
    }
}
