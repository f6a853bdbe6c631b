package dev.persona.plugin.follower;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Events that a follower has taken and that are in no document yet, by user. To write a document
 * for each event would cost several times what the event itself does, so they wait here for a
 * while; who reads a profile meanwhile applies them to what is stored. What a crash takes away is
 * read again from the index.
 *
 * <p>Safe for use by several threads.
 */
final class PendingEvents {
    /** What a user costs besides the events. */
    private static final int OVERHEAD = 250;

    private final LongSupplier mostBytes;

    /** The users who have waited longest first. */
    private final Map<String, Waiting> users = new LinkedHashMap<>();

    private long bytes;

    /**
     * @param mostBytes what they may take up; may change
     */
    PendingEvents(LongSupplier mostBytes) {
        this.mostBytes = mostBytes;
    }

    /** Events of one user, and since when the first of them waits. */
    private record Waiting(List<NumberedEvent> events, long since) {}

    /**
     * Adds events that come after all that are here.
     *
     * @param now in milliseconds of any clock
     */
    synchronized void add(Map<String, List<NumberedEvent>> byUser, long now) {
        byUser.forEach(
                (user, events) -> {
                    users.computeIfAbsent(user, key -> waiting(now)).events.addAll(events);
                    events.forEach(event -> bytes += event.bytes());
                });
    }

    private Waiting waiting(long since) {
        bytes += OVERHEAD;
        return new Waiting(new ArrayList<>(), since);
    }

    /** The events of a user, in order. */
    synchronized List<NumberedEvent> of(String user) {
        Waiting waiting = users.get(user);
        return waiting == null ? List.of() : List.copyOf(waiting.events);
    }

    /**
     * The users who have waited longest, with their events.
     *
     * @param since at least since that time
     * @param most how many at most
     */
    synchronized Map<String, List<NumberedEvent>> due(long since, int most) {
        Map<String, List<NumberedEvent>> due = new LinkedHashMap<>();
        for (Map.Entry<String, Waiting> user : users.entrySet()) {
            if (due.size() == most || user.getValue().since > since) {
                break;
            }
            due.put(user.getKey(), List.copyOf(user.getValue().events));
        }
        return due;
    }

    /** Lets go of events that are in a document now. */
    synchronized void remove(Map<String, List<NumberedEvent>> written) {
        written.forEach(
                (user, events) -> {
                    Waiting waiting = users.get(user);
                    if (waiting == null || events.isEmpty()) {
                        return;
                    }
                    long last = events.getLast().seqNo();
                    Iterator<NumberedEvent> left = waiting.events.iterator();
                    while (left.hasNext()) {
                        NumberedEvent event = left.next();
                        if (event.seqNo() <= last) {
                            bytes -= event.bytes();
                            left.remove();
                        }
                    }
                    if (waiting.events.isEmpty()) {
                        users.remove(user);
                        bytes -= OVERHEAD;
                    }
                });
    }

    synchronized void clear() {
        users.clear();
        bytes = 0;
    }

    /** The first event that is here; a number beyond all when there is none. */
    synchronized long first() {
        long first = Long.MAX_VALUE;
        for (Waiting waiting : users.values()) {
            first = Math.min(first, waiting.events.getFirst().seqNo());
        }
        return first;
    }

    /** How many users have events here. */
    synchronized int size() {
        return users.size();
    }

    /** Whether they take up all the room that they may. */
    synchronized boolean isFull() {
        return bytes > mostBytes.getAsLong();
    }

    /** What they take up. */
    synchronized long bytes() {
        return bytes;
    }
}
