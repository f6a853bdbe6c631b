package dev.persona.demo.shop;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Gives each invented brand name one or two departments, a price level and a style.
 *
 * <p>Price levels are normal with deviation 0.45: one brand in six is more than 1.5 times as dear
 * as usual. Reach falls with one over the square root of a brand's place in the list, so a few
 * brands are met often and most are not.
 */
final class BrandMaker {

    private static final double PRICE_DEVIATION = 0.45;
    private static final double SECOND_DEPARTMENT = 0.6;

    private BrandMaker() {}

    static List<Brand> make(Vocabulary words, RandomGenerator random) {
        List<String> departments =
                words.categories().stream().map(Category::department).distinct().toList();
        List<Brand> brands = new ArrayList<>();
        for (String name : words.brands()) {
            // In turn, so that no department is left without brands.
            String first = departments.get(brands.size() % departments.size());
            List<String> where = List.of(first);
            String second = departments.get(random.nextInt(departments.size()));
            if (random.nextDouble() < SECOND_DEPARTMENT && !second.equals(first)) {
                where = List.of(first, second);
            }
            brands.add(
                    new Brand(
                            name,
                            where,
                            PRICE_DEVIATION * random.nextGaussian(),
                            StyleVector.random(words.styles().size(), random),
                            1 / Math.sqrt(1 + brands.size() / departments.size())));
        }
        return brands;
    }
}
