package dev.persona.plugin.recommend;

import dev.persona.profiling.event.EventType;
import dev.persona.profiling.profile.Profile;
import dev.persona.profiling.profile.RecentItem;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Items that a user knows already, by what was done with them. */
enum Exclusion {
    /** Bought. */
    PURCHASED(Optional.of(EventType.PURCHASE)),
    /** In the cart, or was. */
    CARTED(Optional.of(EventType.ADD_TO_CART)),
    /** Favorites. */
    FAVORITED(Optional.of(EventType.FAVORITE)),
    /** Looked at. */
    VIEWED(Optional.of(EventType.VIEW)),
    /** Clicked. */
    CLICKED(Optional.of(EventType.CLICK)),
    /** Sent away; always left out. */
    DISMISSED(Optional.of(EventType.DISMISS)),
    /** Anything at all was done with them. */
    SEEN(Optional.empty());

    private final Optional<EventType> type;

    Exclusion(Optional<EventType> type) {
        this.type = type;
    }

    private String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Optional<Exclusion> named(String id) {
        return Arrays.stream(values()).filter(one -> one.id().equals(id)).findFirst();
    }

    static List<String> ids() {
        return Arrays.stream(values()).map(Exclusion::id).toList();
    }

    private boolean covers(RecentItem item) {
        return type.isEmpty() || item.actions().containsKey(type.get());
    }

    /** The ids of a profile's items that are left out. */
    static Set<String> items(Set<Exclusion> exclusions, Profile profile) {
        Set<String> items = new HashSet<>();
        for (RecentItem item : profile.recentItems().all()) {
            if (exclusions.stream().anyMatch(one -> one.covers(item))) {
                items.add(item.item());
            }
        }
        if (exclusions.contains(PURCHASED) || exclusions.contains(SEEN)) {
            // Of purchases more is kept than of anything else.
            profile.purchases().boughtItems().forEach(item -> items.add(item.item()));
        }
        return items;
    }
}
