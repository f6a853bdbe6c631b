package dev.persona.demo.shop;

import dev.persona.demo.shop.Product.Traits;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.random.RandomGenerator;

/**
 * Fills the categories with products.
 *
 * <p>A product is a noun of a category, made by one of the department's brands. Its style is half
 * its brand's and half its own, and its adjective is mostly a word of the style it leans to most.
 * Its price is the usual one of noun and category, moved by the brand's level and its own. Appeal
 * is what everybody sees in it: log-normal, so that a few products are much liked. Two descriptions
 * in five name another noun ("Goes well with a chair."), which makes the text match things that
 * were not looked for, as it does in real shops.
 */
final class ProductMaker {

    private static final double BRAND_IN_STYLE = 0.5;
    private static final double OWN_PRICE_DEVIATION = 0.25;
    private static final double ADJECTIVE_SHOWS_STYLE = 0.75;
    private static final double MENTIONS_ANOTHER_NOUN = 0.4;
    private static final double APPEAL_SKEW = 0.6;
    private static final int OLDEST_DAYS = 1000;

    private final Vocabulary words;
    private final List<Brand> brands;
    private final Instant now;
    private final RandomGenerator random;
    private final List<String> nouns;

    ProductMaker(Vocabulary words, List<Brand> brands, Instant now, RandomGenerator random) {
        this.words = words;
        this.brands = brands;
        this.now = now;
        this.random = random;
        this.nouns = List.copyOf(words.nouns().keySet());
    }

    List<Product> make(int count) {
        List<int[]> shelves = new ArrayList<>();
        List<Double> shares = new ArrayList<>();
        for (int noun = 0; noun < nouns.size(); noun++) {
            List<Integer> sellers = sellersOf(nouns.get(noun));
            for (int category : sellers) {
                shelves.add(new int[] {noun, category});
                // A noun that many categories sell gets more products, though not in proportion.
                shares.add(1 / Math.sqrt(sellers.size()));
            }
        }
        WeightedChoice shelf =
                new WeightedChoice(shares.stream().mapToDouble(Double::doubleValue).toArray());
        List<WeightedChoice> brandsByCategory =
                words.categories().stream().map(this::brandsSellingIn).toList();
        List<Product> products = new ArrayList<>(count);
        while (products.size() < count) {
            int[] drawn = shelves.get(shelf.draw(random));
            int brand = brandsByCategory.get(drawn[1]).draw(random);
            products.add(product(products.size(), nouns.get(drawn[0]), drawn[1], brand));
        }
        return products;
    }

    private List<Integer> sellersOf(String noun) {
        List<Integer> sellers = new ArrayList<>();
        for (int c = 0; c < words.categories().size(); c++) {
            if (words.categories().get(c).nouns().contains(noun)) {
                sellers.add(c);
            }
        }
        return sellers;
    }

    private WeightedChoice brandsSellingIn(Category category) {
        return new WeightedChoice(
                brands.stream()
                        .mapToDouble(
                                b ->
                                        b.departments().contains(category.department())
                                                ? b.reach()
                                                : 0)
                        .toArray());
    }

    private Product product(int number, String noun, int categoryIndex, int brandIndex) {
        Category category = words.categories().get(categoryIndex);
        Brand brand = brands.get(brandIndex);
        Vocabulary.Noun thing = words.nouns().get(noun);
        double[] style =
                StyleVector.blend(
                        BRAND_IN_STYLE,
                        brand.style(),
                        StyleVector.random(words.styles().size(), random));
        double priceLevel = brand.priceLevel() + OWN_PRICE_DEVIATION * random.nextGaussian();
        Traits traits =
                new Traits(
                        noun,
                        any(thing.materials()),
                        any(category.kinds()),
                        adjective(style),
                        any(words.colours()),
                        brandIndex,
                        categoryIndex,
                        style,
                        priceLevel,
                        appeal());
        return new Product(
                "p" + (number + 1),
                title(traits),
                description(traits, brand),
                brand.name(),
                category.name(),
                rounded(thing.price() * category.factor() * Math.exp(priceLevel)),
                createdAt(),
                traits);
    }

    private String adjective(double[] style) {
        int strongest = random.nextInt(style.length);
        if (random.nextDouble() < ADJECTIVE_SHOWS_STYLE) {
            for (int s = 0; s < style.length; s++) {
                strongest = style[s] > style[strongest] ? s : strongest;
            }
        }
        return any(words.styles().get(strongest).adjectives());
    }

    /** Log-normal, moved and scaled to mean 0 and deviation 1. */
    private double appeal() {
        double variance = APPEAL_SKEW * APPEAL_SKEW;
        double mean = Math.exp(variance / 2);
        double deviation = mean * Math.sqrt(Math.exp(variance) - 1);
        return (Math.exp(APPEAL_SKEW * random.nextGaussian()) - mean) / deviation;
    }

    private Instant createdAt() {
        // The square leans to the recent side: shops renew their range.
        double age = random.nextDouble() * random.nextDouble() * OLDEST_DAYS;
        return now.minus(Duration.ofMinutes((long) (age * 24 * 60)).plusDays(1));
    }

    private String title(Traits t) {
        List<String> order =
                switch (random.nextInt(3)) {
                    case 0 -> List.of(t.adjective(), t.kind(), t.noun());
                    case 1 -> List.of(t.material(), t.kind(), t.noun());
                    default -> List.of(t.adjective(), t.material(), t.kind(), t.noun());
                };
        StringBuilder title = new StringBuilder();
        for (String word : order) {
            title.append(title.isEmpty() ? "" : " ").append(capital(word));
        }
        return title.toString();
    }

    private String description(Traits t, Brand brand) {
        StringBuilder text = new StringBuilder();
        text.append(capital(t.adjective()))
                .append(' ')
                .append(t.kind())
                .append(' ')
                .append(t.noun());
        text.append(" in ").append(t.colour()).append(' ').append(t.material());
        text.append(" by ").append(brand.name()).append('.');
        if (random.nextBoolean()) {
            text.append(" Made for ").append(any(words.uses())).append('.');
        }
        if (random.nextDouble() < MENTIONS_ANOTHER_NOUN) {
            text.append(" Goes well with a ").append(any(nouns)).append('.');
        }
        return text.append(' ').append(any(words.care())).toString();
    }

    private String any(List<String> list) {
        return list.get(random.nextInt(list.size()));
    }

    private static String capital(String word) {
        return word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1);
    }

    /** Prices end in .90 or .99, as they do. */
    private static double rounded(double price) {
        double whole = Math.max(2, Math.rint(price));
        return whole < 50 ? whole - 0.1 : whole - 0.01;
    }
}
