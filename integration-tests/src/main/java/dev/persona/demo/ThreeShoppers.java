package dev.persona.demo;

import dev.persona.demo.shop.Category;
import dev.persona.demo.shop.GeneratedShop;
import dev.persona.demo.shop.SessionPlan;
import dev.persona.demo.shop.ShopSession;
import dev.persona.demo.shop.Shopper;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Picks three users to look at: those who came most often, each with another favourite department
 * among the ones that sell what is asked for.
 */
final class ThreeShoppers {

    private static final int COUNT = 3;

    private ThreeShoppers() {}

    static List<Shopper> of(GeneratedShop shop, SessionPlan plan, String noun) {
        Map<String, Integer> visits = new HashMap<>();
        for (ShopSession session : plan.training()) {
            visits.merge(session.shopper().id(), 1, Integer::sum);
        }
        List<Shopper> byVisits = new ArrayList<>(shop.shoppers());
        byVisits.sort(
                Comparator.comparingInt((Shopper s) -> visits.getOrDefault(s.id(), 0)).reversed());
        Set<String> departments = new HashSet<>();
        return byVisits.stream()
                .filter(s -> departments.add(favourite(shop, s, noun).department()))
                .limit(COUNT)
                .toList();
    }

    private static Category favourite(GeneratedShop shop, Shopper shopper, String noun) {
        return IntStream.range(0, shop.categories().size())
                .filter(c -> shop.categories().get(c).nouns().contains(noun))
                .boxed()
                .max(Comparator.comparingDouble(c -> shopper.categoryLiking()[c]))
                .map(shop.categories()::get)
                .orElseThrow(() -> new IllegalArgumentException("nobody sells a " + noun));
    }

    /** The user's hidden taste in one line. */
    static String describe(GeneratedShop shop, Shopper shopper) {
        List<String> categories =
                strongest(shopper.categoryLiking(), 3).stream()
                        .map(c -> shop.categories().get(c).name())
                        .toList();
        List<String> brands =
                strongest(shopper.brandLiking(), 3).stream()
                        .map(b -> shop.brands().get(b).name())
                        .toList();
        double level = shopper.priceLevel();
        return "%s; %s; %s prices"
                .formatted(
                        String.join(", ", categories),
                        String.join(", ", brands),
                        level > 0.3 ? "high" : level < -0.3 ? "low" : "middling");
    }

    private static List<Integer> strongest(double[] likings, int count) {
        return IntStream.range(0, likings.length)
                .boxed()
                .sorted(Comparator.comparingDouble((Integer i) -> likings[i]).reversed())
                .limit(count)
                .toList();
    }
}
