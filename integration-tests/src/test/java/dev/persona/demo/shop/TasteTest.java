package dev.persona.demo.shop;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.persona.demo.shop.Product.Traits;

import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.List;

class TasteTest {

    private static final Shopper SHOPPER =
            new Shopper(
                    "u1",
                    1,
                    new double[] {0.5, -1},
                    new double[] {0, 0.8},
                    new double[] {1, 0},
                    0.25);

    private static Product product(int brand, int category, double[] style, double priceLevel) {
        Traits traits =
                new Traits(
                        "lamp",
                        "oak",
                        "table",
                        "rustic",
                        "red",
                        brand,
                        category,
                        style,
                        priceLevel,
                        1.5);
        return new Product("p1", "t", "d", "b", "c", 10, Instant.EPOCH, traits);
    }

    @Test
    void utilityIsTheSumOfTheFormula() {
        Product product = product(1, 0, new double[] {0.6, 0.8}, 0.5);
        // distance (0.5 - 0.25) / 0.5 = 0.5, so price is -0.125
        double expected = 2.0 * 0.5 + 2.2 * 0.8 + 2.2 * 0.6 - 1.2 * 0.125 + 0.4 * 1.5;
        assertEquals(
                expected, Taste.utility(SHOPPER, product, new ShopQuery("lamp", List.of())), 1e-12);
        assertEquals(
                expected + 0.8,
                Taste.utility(SHOPPER, product, new ShopQuery("lamp", List.of("oak"))),
                1e-12);
        assertEquals(
                expected - 3,
                Taste.utility(SHOPPER, product, new ShopQuery("table", List.of())),
                1e-12);
    }

    @Test
    void aPriceFarOffCostsNoMoreThanTheFloor() {
        ShopQuery lamp = new ShopQuery("lamp", List.of());
        double[] style = {1, 0};
        double far = Taste.utility(SHOPPER, product(0, 0, style, 3), lamp);
        double farther = Taste.utility(SHOPPER, product(0, 0, style, 9), lamp);
        assertEquals(far, farther, 1e-12);
    }
}
