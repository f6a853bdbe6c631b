package dev.persona.plugin.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;

/** Merges that meet each other, and events that stream in meanwhile. */
public class MergeRaceClusterTests extends UsersClusterTestCase {
    private static final int IDS = 30;

    /** Two ids that were said to be one person. */
    private record Pair(String one, String other) {}

    public void testEventsThatStreamInDuringMergesCountOnce() throws Exception {
        openTheShop(1, settings(8));
        mergeWhileEventsStreamIn();
    }

    public void testTheSameWhenTheIdsOfAUserAreOnSeveralShards() throws Exception {
        openTheShop(3, settings(8));
        mergeWhileEventsStreamIn();
    }

    private void mergeWhileEventsStreamIn() throws Exception {
        AtomicBoolean merging = new AtomicBoolean(true);
        ConcurrentLinkedQueue<Pair> merged = new ConcurrentLinkedQueue<>();
        List<Callable<Void>> senders = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            senders.add(
                    () -> {
                        while (merging.get()) {
                            send("products", randomEventsOfAll(between(1, 20)));
                        }
                        send("products", randomEventsOfAll(20));
                        return null;
                    });
        }
        List<Callable<Void>> mergers = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            mergers.add(
                    () -> {
                        for (int n = 0; n < 25; n++) {
                            Pair pair = new Pair(randomId(), randomId());
                            if (!pair.one().equals(pair.other())) {
                                Reply reply = merge(pair.one(), pair.other());
                                if (reply.status() == 200) {
                                    merged.add(pair);
                                } else {
                                    assertEquals(reply.json().toString(), 409, reply.status());
                                }
                            }
                            Thread.sleep(between(0, 50));
                        }
                        return null;
                    });
        }
        send("products", randomEventsOfAll(100));
        try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
            List<Future<Void>> sending = senders.stream().map(threads::submit).toList();
            try {
                for (Future<Void> merger : threads.invokeAll(mergers)) {
                    merger.get();
                }
            } finally {
                merging.set(false);
            }
            for (Future<Void> sender : sending) {
                sender.get();
            }
        }
        awaitAll();

        Map<String, String> users = new TreeMap<>();
        for (int i = 0; i < IDS; i++) {
            users.put("id-" + i, userOf("id-" + i));
        }
        logger.info("[{}] merges of [{}] ids made {}", merged.size(), IDS, users);
        assertTrue("" + merged.size(), merged.size() > 5);
        assertEquals(saidToBeOne(merged), groups(users));
        assertProfilesAreRecounted(users::get);
        documents(PROFILES)
                .forEach(
                        (id, document) -> {
                            assertFalse(id + " " + document, document.has("claims"));
                            if (document.has("merged_into")) {
                                assertFalse(id + " " + document, document.has("profile"));
                            }
                        });
    }

    private static String randomId() {
        return "id-" + between(0, IDS - 1);
    }

    private List<ObjectNode> randomEventsOfAll(int count) {
        List<ObjectNode> events = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            events.add(randomEvent(randomId()));
        }
        return events;
    }

    private static Set<Set<String>> groups(Map<String, String> users) {
        Map<String, Set<String>> groups = new HashMap<>();
        users.forEach((id, user) -> groups.computeIfAbsent(user, key -> new TreeSet<>()).add(id));
        return Set.copyOf(groups.values());
    }

    /** Groups of ids by the answers alone. */
    private static Set<Set<String>> saidToBeOne(Iterable<Pair> merged) {
        Map<String, Set<String>> groups = new HashMap<>();
        for (int i = 0; i < IDS; i++) {
            groups.put("id-" + i, new TreeSet<>(Set.of("id-" + i)));
        }
        for (Pair pair : merged) {
            Set<String> both = new TreeSet<>(groups.get(pair.one()));
            both.addAll(groups.get(pair.other()));
            both.forEach(id -> groups.put(id, both));
        }
        return Set.copyOf(groups.values());
    }

    public void testOfTwoMergesAgainstEachOtherOneWinsAndNoCircleIsLeft() throws Exception {
        openTheShop(1, settings(8));
        for (int round = 0; round < 8; round++) {
            String a = "a" + round;
            String b = "b" + round;
            send("products", List.of(randomEvent(a), randomEvent(b)));
            CyclicBarrier together = new CyclicBarrier(2);
            List<Reply> replies = new ArrayList<>();
            try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
                List<Callable<Reply>> calls =
                        List.of(() -> merged(together, a, b), () -> merged(together, b, a));
                for (Future<Reply> reply : threads.invokeAll(calls)) {
                    replies.add(reply.get());
                }
            }

            int winners = 0;
            for (Reply reply : replies) {
                if (reply.status() == 200) {
                    JsonNode merged = reply.json().path("merged");
                    winners += merged.size();
                } else {
                    assertEquals(reply.json().toString(), 409, reply.status());
                }
            }
            assertTrue(replies.toString(), winners <= 1);
            if (winners == 0) {
                // Each has stood in the other's way; whoever tries again gets it done.
                ok(merge(a, b));
            }
            send("products", List.of(randomEvent(a), randomEvent(b)));
            assertEquals(userOf(a), userOf(b));
        }
        awaitAll();
        Map<String, String> users = new TreeMap<>();
        for (int round = 0; round < 8; round++) {
            users.put("a" + round, userOf("a" + round));
            users.put("b" + round, userOf("b" + round));
        }
        assertProfilesAreRecounted(users::get);
    }

    private static Reply merged(CyclicBarrier together, String into, String from) throws Exception {
        together.await();
        return merge(into, from);
    }
}
