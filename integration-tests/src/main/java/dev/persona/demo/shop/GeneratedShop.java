package dev.persona.demo.shop;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A shop made from a seed: the same seed, size and time give the same shop, to the last price.
 *
 * <p>What is assumed of products and users stands with {@link ProductMaker} and {@link
 * ShopperMaker}, what makes a user like a product with {@link Taste}, and how liking turns into
 * clicks with {@link ClickModel}.
 */
public final class GeneratedShop {

    private final List<Category> categories;
    private final List<Brand> brands;
    private final List<Product> products;
    private final List<Shopper> shoppers;
    private final Map<String, Product> byId;
    private final Vocabulary words;

    private GeneratedShop(
            Vocabulary words, List<Brand> brands, List<Product> products, List<Shopper> shoppers) {
        this.words = words;
        this.categories = List.copyOf(words.categories());
        this.brands = List.copyOf(brands);
        this.products = List.copyOf(products);
        this.shoppers = List.copyOf(shoppers);
        this.byId = new HashMap<>();
        products.forEach(product -> byId.put(product.id(), product));
    }

    /**
     * Makes a shop.
     *
     * @param seed the same seed gives the same shop
     * @param now no product is younger than a day before it
     * @param products how many products
     * @param shoppers how many users
     */
    public static GeneratedShop generate(long seed, Instant now, int products, int shoppers) {
        Vocabulary words = Vocabulary.load();
        List<Brand> brands = BrandMaker.make(words, Randomness.BRANDS.stream(seed, 0));
        return new GeneratedShop(
                words,
                brands,
                new ProductMaker(words, brands, now, Randomness.PRODUCTS.stream(seed, 0))
                        .make(products),
                new ShopperMaker(words, brands, Randomness.SHOPPERS.stream(seed, 0))
                        .make(shoppers));
    }

    /** The shelves of the shop. */
    public List<Category> categories() {
        return categories;
    }

    /** Every brand, also those that happen to have no product. */
    public List<Brand> brands() {
        return brands;
    }

    /** Every product, by id from p1. */
    public List<Product> products() {
        return products;
    }

    /** Every user, by id from u1. */
    public List<Shopper> shoppers() {
        return shoppers;
    }

    /**
     * The product of an id.
     *
     * @throws IllegalArgumentException when the shop does not have it
     */
    public Product product(String id) {
        Product product = byId.get(id);
        if (product == null) {
            throw new IllegalArgumentException("no product [" + id + "] in the generated shop");
        }
        return product;
    }

    Vocabulary words() {
        return words;
    }
}
