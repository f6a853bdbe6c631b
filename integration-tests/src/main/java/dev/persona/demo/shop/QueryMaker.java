package dev.persona.demo.shop;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Makes what users type. A category is drawn by liking, then one of its nouns. Three queries in
 * five are the noun alone; the others put one word before it: the material, the kind of thing the
 * category sells, a style word, or a colour.
 */
final class QueryMaker {

    private static final double NOUN_ALONE = 0.75;
    private static final double LIKING_SHARPNESS = 1.5;

    private final GeneratedShop shop;

    QueryMaker(GeneratedShop shop) {
        this.shop = shop;
    }

    ShopQuery query(Shopper shopper, RandomGenerator random) {
        Vocabulary words = shop.words();
        double[] weights = shopper.categoryLiking().clone();
        for (int c = 0; c < weights.length; c++) {
            double demand = 0;
            for (String noun : shop.categories().get(c).nouns()) {
                demand += words.nouns().get(noun).demand();
            }
            weights[c] = demand * Math.exp(LIKING_SHARPNESS * weights[c]);
        }
        Category category = shop.categories().get(new WeightedChoice(weights).draw(random));
        double[] demand =
                category.nouns().stream().mapToDouble(n -> words.nouns().get(n).demand()).toArray();
        String noun = category.nouns().get(new WeightedChoice(demand).draw(random));
        if (random.nextDouble() < NOUN_ALONE) {
            return new ShopQuery(noun, List.of());
        }
        List<List<String>> choices = new ArrayList<>();
        choices.add(words.nouns().get(noun).materials());
        choices.add(category.kinds());
        choices.add(styleOf(shopper, words));
        choices.add(words.colours());
        List<String> chosen = choices.get(random.nextInt(choices.size()));
        return new ShopQuery(noun, List.of(any(chosen, random)));
    }

    private static List<String> styleOf(Shopper shopper, Vocabulary words) {
        int strongest = 0;
        for (int s = 1; s < shopper.style().length; s++) {
            strongest = shopper.style()[s] > shopper.style()[strongest] ? s : strongest;
        }
        return words.styles().get(strongest).adjectives();
    }

    private static String any(List<String> list, RandomGenerator random) {
        return list.get(random.nextInt(list.size()));
    }
}
