package dev.persona.demo.shop;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * Makes users with tastes.
 *
 * <p>A user likes two or three departments and is cool towards the others; categories scatter
 * around their department. Favourites are three to six brands, drawn from the liked departments,
 * more likely when the brand's style and price level are the user's own. Activity is log-normal: a
 * few users come all the time, most now and then.
 */
final class ShopperMaker {

    private static final double PRICE_DEVIATION = 0.5;
    private static final double CATEGORY_DEVIATION = 0.35;
    private static final double ACTIVITY_SKEW = 0.8;

    private final Vocabulary words;
    private final List<Brand> brands;
    private final RandomGenerator random;
    private final List<String> departments;

    ShopperMaker(Vocabulary words, List<Brand> brands, RandomGenerator random) {
        this.words = words;
        this.brands = brands;
        this.random = random;
        this.departments =
                words.categories().stream().map(Category::department).distinct().toList();
    }

    List<Shopper> make(int count) {
        List<Shopper> shoppers = new ArrayList<>(count);
        while (shoppers.size() < count) {
            shoppers.add(shopper("u" + (shoppers.size() + 1)));
        }
        return shoppers;
    }

    private Shopper shopper(String id) {
        double[] style = StyleVector.random(words.styles().size(), random);
        double priceLevel = PRICE_DEVIATION * random.nextGaussian();
        Set<String> liked = new HashSet<>();
        int wanted = 2 + random.nextInt(2);
        while (liked.size() < wanted) {
            liked.add(departments.get(random.nextInt(departments.size())));
        }
        return new Shopper(
                id,
                Math.exp(ACTIVITY_SKEW * random.nextGaussian()),
                categoryLiking(liked),
                brandLiking(liked, style, priceLevel),
                style,
                priceLevel);
    }

    private double[] categoryLiking(Set<String> liked) {
        Map<String, Double> byDepartment = new HashMap<>();
        for (String department : departments) {
            double centre = liked.contains(department) ? 0.6 : -0.5;
            byDepartment.put(department, centre + 0.2 * random.nextGaussian());
        }
        return words.categories().stream()
                .mapToDouble(
                        c ->
                                byDepartment.get(c.department())
                                        + CATEGORY_DEVIATION * random.nextGaussian())
                .map(liking -> Math.max(-1, Math.min(1, liking)))
                .toArray();
    }

    private double[] brandLiking(Set<String> liked, double[] style, double priceLevel) {
        double[] chances = new double[brands.size()];
        for (int b = 0; b < chances.length; b++) {
            Brand brand = brands.get(b);
            if (brand.departments().stream().anyMatch(liked::contains)) {
                double distance = (brand.priceLevel() - priceLevel) / PRICE_DEVIATION;
                double cosine = StyleVector.cosine(brand.style(), style);
                chances[b] = brand.reach() * Math.exp(2 * cosine - distance * distance / 2);
            }
        }
        WeightedChoice choice = new WeightedChoice(chances);
        double[] liking = new double[brands.size()];
        int favourites = 3 + random.nextInt(4);
        for (int i = 0; i < favourites; i++) {
            liking[choice.draw(random)] = 0.6 + 0.4 * random.nextDouble();
        }
        return liking;
    }
}
