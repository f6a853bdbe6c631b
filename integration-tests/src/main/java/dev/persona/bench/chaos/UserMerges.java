package dev.persona.bench.chaos;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Which users turn out to be the same person while events stream in, as when an anonymous visitor
 * logs in. Events under all of their ids go on arriving, before and after.
 */
final class UserMerges {

    private static final int IDS_OF_A_CALL = 3;
    private static final int ONE_CHAIN_OF = 4;

    /**
     * One call.
     *
     * @param from ids that are given up
     * @param into the one that stays
     */
    record Call(List<String> from, String into) {}

    private final List<Call> calls = new ArrayList<>();
    private final Map<String, String> next = new HashMap<>();

    /**
     * Ids from the end of the users go into those at the beginning. Of some calls the target, with
     * all that it has got by then, is later merged into yet another.
     *
     * @param users all there are
     * @param count how many calls, unless there are too few users
     */
    UserMerges(int users, int count) {
        int most = Math.min(count, users / (2 * (IDS_OF_A_CALL + 1)));
        for (int i = 0; i < most; i++) {
            List<String> from = new ArrayList<>();
            for (int j = 1; j <= IDS_OF_A_CALL; j++) {
                from.add(ShopEvents.user(users - (i * IDS_OF_A_CALL + j)));
            }
            if (i % ONE_CHAIN_OF == ONE_CHAIN_OF - 1) {
                from.set(0, ShopEvents.user(i - 1));
            }
            String into = ShopEvents.user(i);
            calls.add(new Call(List.copyOf(from), into));
            from.forEach(id -> next.put(id, into));
        }
    }

    /** In the order in which they are made. */
    List<Call> calls() {
        return List.copyOf(calls);
    }

    /** Whom the events of an id count for when all are made. */
    String user(String id) {
        String user = id;
        while (next.containsKey(user)) {
            user = next.get(user);
        }
        return user;
    }

    /** Ids that are given up. */
    List<String> ids() {
        return next.keySet().stream().sorted().toList();
    }
}
