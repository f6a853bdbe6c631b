package dev.persona.bench;

import com.fasterxml.jackson.databind.JsonNode;

import dev.persona.client.ElasticsearchClient.Answer;

import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** How far the profiles of a catalog have followed its events. */
public final class Followers {

    private Followers() {}

    /**
     * Waits until every stored event is in its profile.
     *
     * @param stats asks a node for the catalog's statistics
     * @return when it was so, by {@link System#nanoTime}
     * @throws BenchFailure when nothing changes any more
     */
    public static long awaitCaughtUp(Supplier<Answer> stats, Duration poll, Duration patience) {
        return await(stats, Followers::caughtUp, poll, patience);
    }

    /**
     * Waits until every stored event is in the stored document of its profile.
     *
     * @param stats asks a node for the catalog's statistics
     * @return when it was so, by {@link System#nanoTime}
     * @throws BenchFailure when nothing changes any more
     */
    public static long awaitWritten(Supplier<Answer> stats, Duration poll, Duration patience) {
        return await(
                stats,
                followers -> caughtUp(followers) && nothingIsPending(followers),
                poll,
                patience);
    }

    /**
     * Waits until the followers are as wanted.
     *
     * @param stats asks a node for the catalog's statistics; may fail while nodes are away
     * @param wanted looks at the state's followers
     * @param patience after so long without any change it is given up
     * @return when it was so, by {@link System#nanoTime}
     * @throws BenchFailure when nothing changes any more
     */
    public static long await(
            Supplier<Answer> stats,
            Predicate<List<JsonNode>> wanted,
            Duration poll,
            Duration patience) {
        String last = "";
        long lastChange = System.nanoTime();
        while (true) {
            String now;
            try {
                Answer answer = stats.get();
                List<JsonNode> followers =
                        answer.json().path("nodes").findValues("followers").stream()
                                .flatMap(node -> node.valueStream())
                                .toList();
                if (answer.status() == 200 && wanted.test(followers)) {
                    return System.nanoTime();
                }
                now = answer.status() + " " + followers.stream().map(Followers::progress).toList();
            } catch (UncheckedIOException e) {
                now = e.getMessage();
            }
            if (now.equals(last) == false) {
                last = now;
                lastChange = System.nanoTime();
            } else if (System.nanoTime() - lastChange > patience.toNanos()) {
                throw new BenchFailure(
                        "the profiles have not moved for %d s: %s"
                                .formatted(patience.toSeconds(), now));
            }
            Pause.of(poll);
        }
    }

    /** What would be another if anything moved. */
    private static List<JsonNode> progress(JsonNode follower) {
        return Stream.of("global_checkpoint", "applied", "profiles_unwritten", "profiles_written")
                .map(follower::path)
                .toList();
    }

    private static boolean nothingIsPending(List<JsonNode> followers) {
        for (JsonNode follower : followers) {
            if (follower.path("profiles_unwritten").asLong(1) != 0) {
                return false;
            }
        }
        return true;
    }

    private static boolean caughtUp(List<JsonNode> followers) {
        for (JsonNode follower : followers) {
            if (follower.path("operations_behind").asLong(1) != 0) {
                return false;
            }
        }
        return followers.isEmpty() == false;
    }
}
