package dev.persona.evaluate.history;

import dev.persona.profiling.factorization.IdIndex;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** What may be known before a cut: users, items, and who bought what. Immutable. */
public final class History {

    private final List<LoggedEvent> events;
    private final IdIndex users;
    private final IdIndex items;
    private final int[][] bought;
    private final int[][] occasions;
    private final int[] buyers;

    /**
     * @param events all that happened before the cut
     */
    public History(List<LoggedEvent> events) {
        this.events = List.copyOf(events);
        Set<String> userIds = new TreeSet<>();
        Set<String> itemIds = new TreeSet<>();
        Map<String, Map<String, Set<String>>> byUser = new TreeMap<>();
        for (LoggedEvent event : events) {
            userIds.add(event.user());
            itemIds.add(event.item());
            if (event.isPurchase()) {
                byUser.computeIfAbsent(event.user(), user -> new TreeMap<>())
                        .computeIfAbsent(event.item(), item -> new HashSet<>())
                        .add(event.occasion());
            }
        }
        users = IdIndex.of(List.copyOf(userIds));
        items = IdIndex.of(List.copyOf(itemIds));
        bought = new int[users.size()][];
        occasions = new int[users.size()][];
        buyers = new int[items.size()];
        for (int user = 0; user < bought.length; user++) {
            Map<String, Set<String>> basket = byUser.getOrDefault(users.id(user), Map.of());
            // Items are indexed in the order of their ids, which is also the basket's.
            bought[user] = basket.keySet().stream().mapToInt(items::indexOf).toArray();
            occasions[user] = basket.values().stream().mapToInt(Set::size).toArray();
            Arrays.stream(bought[user]).forEach(item -> buyers[item]++);
        }
    }

    /** Everything that happened. */
    public List<LoggedEvent> events() {
        return events;
    }

    /** Who did anything. */
    public IdIndex users() {
        return users;
    }

    /** The catalog: whatever anything was done with. */
    public IdIndex items() {
        return items;
    }

    /** How many users bought an item. */
    public int buyers(int item) {
        return buyers[item];
    }

    /** Indexes of the items that a user bought, ascending; not to be changed. */
    public int[] boughtBy(int user) {
        return bought[user];
    }

    /** On how many occasions a user bought each of {@link #boughtBy}; not to be changed. */
    public int[] occasionsOf(int user) {
        return occasions[user];
    }
}
