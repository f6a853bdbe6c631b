package dev.persona.profiling.event;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What the actions of UBI are called here. UBI names a few and leaves the others to each shop;
 * these are the names in its schema and in its clients' examples.
 */
final class UbiActions {
    private static final Map<String, EventType> TYPES = types();

    private UbiActions() {}

    private static Map<String, EventType> types() {
        Map<EventType, List<String>> synonyms =
                Map.of(
                        EventType.IMPRESSION, List.of("item_impression", "product_impression"),
                        EventType.SEARCH, List.of("on_search", "query", "type_ahead"),
                        EventType.VIEW, List.of("watch", "item_view", "product_view", "view_item"),
                        EventType.CLICK,
                                List.of("click_through", "item_click", "on_click", "product_click"),
                        EventType.FAVORITE,
                                List.of("favourite", "like", "wishlist", "add_to_wishlist"),
                        EventType.ADD_TO_CART,
                                List.of("add_to_basket", "cart", "product_add_to_cart"),
                        EventType.REMOVE_FROM_CART, List.of("remove_from_basket"),
                        EventType.PURCHASE, List.of("buy", "order", "product_purchase"),
                        EventType.RATING, List.of("rate"),
                        EventType.DISMISS, List.of("declined_product", "hide", "not_interested"));
        Map<String, EventType> types = new HashMap<>();
        EventType.standard().forEach(type -> types.put(type.id(), type));
        synonyms.forEach((type, names) -> names.forEach(name -> types.put(name, type)));
        return types;
    }

    /** The type of an action, in whatever way its words are joined: addToCart, Add to cart. */
    static Optional<EventType> type(String action, EventBounds bounds) {
        String name = joined(action);
        EventType declared = bounds.rules().custom().get(name);
        return Optional.ofNullable(declared != null ? declared : TYPES.get(name));
    }

    /** In lower case, words joined by underscores. */
    private static String joined(String action) {
        // No known name is that long.
        if (action.length() > 100) {
            return action;
        }
        return action.strip()
                .replaceAll("(?<=[a-z0-9])(?=[A-Z])", "_")
                .replaceAll("[ .-]+", "_")
                .toLowerCase(Locale.ROOT);
    }
}
