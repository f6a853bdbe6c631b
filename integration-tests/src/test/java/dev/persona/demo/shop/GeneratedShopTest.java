package dev.persona.demo.shop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

class GeneratedShopTest {

    private static final Instant NOW = Instant.parse("2026-06-01T00:00:00Z");
    private static final GeneratedShop SHOP = GeneratedShop.generate(1, NOW, 5000, 2000);

    /** Everything of a shop, hidden sides too, as text, for arrays in records do not compare. */
    private static List<String> everything(GeneratedShop shop) {
        List<String> all = new ArrayList<>();
        for (Product p : shop.products()) {
            all.add(p.title() + p.description() + p.brand() + p.category() + p.price());
            all.add(p.createdAt() + Arrays.toString(p.traits().style()) + p.traits().appeal());
        }
        for (Shopper s : shop.shoppers()) {
            all.add(Arrays.toString(s.categoryLiking()) + Arrays.toString(s.brandLiking()));
            all.add(Arrays.toString(s.style()) + s.activity() + s.priceLevel());
        }
        return all;
    }

    @Test
    void sameSeedGivesTheSameShopToTheLastPrice() {
        assertEquals(everything(SHOP), everything(GeneratedShop.generate(1, NOW, 5000, 2000)));
        assertNotEquals(everything(SHOP), everything(GeneratedShop.generate(2, NOW, 5000, 2000)));
    }

    @Test
    void holdsWhatWasAskedFor() {
        assertEquals(5000, SHOP.products().size());
        assertEquals(2000, SHOP.shoppers().size());
        assertEquals(5000, ids(SHOP).size());
        Set<String> categories = new HashSet<>();
        Set<String> brands = new HashSet<>();
        SHOP.products().forEach(p -> categories.add(p.category()));
        SHOP.products().forEach(p -> brands.add(p.brand()));
        assertTrue(categories.size() >= 25, categories.toString());
        assertTrue(brands.size() >= 100, brands.size() + " brands");
    }

    private static Set<String> ids(GeneratedShop shop) {
        return shop.products().stream().map(Product::id).collect(Collectors.toSet());
    }

    @Test
    void everyNounIsSoldByHundredsOfProductsInSeveralCategories() {
        Map<String, List<Product>> byNoun =
                SHOP.products().stream().collect(Collectors.groupingBy(p -> p.traits().noun()));
        byNoun.forEach(
                (noun, products) -> {
                    assertTrue(products.size() > 80 && products.size() < 400, noun);
                    long sellers = products.stream().map(Product::category).distinct().count();
                    assertTrue(sellers >= 3, noun + " is sold by " + sellers);
                });
    }

    @Test
    void everyTitleNamesTheNounAndEveryDescriptionTheBrand() {
        for (Product p : SHOP.products()) {
            assertTrue(p.title().toLowerCase().endsWith(p.traits().noun()), p.title());
            assertTrue(p.description().contains(p.brand()), p.description());
            assertTrue(p.price() > 0, p.toString());
            assertTrue(p.createdAt().isBefore(NOW), p.toString());
        }
    }

    @Test
    void dearBrandsAreDear() {
        double[] sums = new double[2];
        int[] counts = new int[2];
        for (Product p : SHOP.products()) {
            int dear = SHOP.brands().get(p.traits().brandIndex()).priceLevel() > 0 ? 1 : 0;
            sums[dear] += p.traits().priceLevel();
            counts[dear]++;
        }
        assertTrue(sums[1] / counts[1] > sums[0] / counts[0] + 0.4);
    }
}
