package dev.persona.demo.shop;

import java.time.Instant;

/**
 * A product of the generated shop: what is indexed, and the traits that shoppers react to.
 *
 * @param id document id
 * @param title such as Rustic Oak Table Lamp
 * @param description two or three sentences; names the brand, and sometimes another noun
 * @param brand name of the brand
 * @param category name of the category
 * @param price in the shop's currency
 * @param createdAt when it came into the shop
 * @param traits what only the simulated shoppers see
 */
public record Product(
        String id,
        String title,
        String description,
        String brand,
        String category,
        double price,
        Instant createdAt,
        Traits traits) {

    /**
     * The hidden side of a product; never indexed.
     *
     * @param noun what it is
     * @param material one of the words a query may ask for, as are kind, adjective and colour
     * @param kind see material
     * @param adjective see material
     * @param colour see material
     * @param brandIndex index into {@link GeneratedShop#brands()}
     * @param categoryIndex index into {@link GeneratedShop#categories()}
     * @param style unit vector over the styles of the vocabulary
     * @param priceLevel log of the price relative to the usual one of its noun and category
     * @param appeal how much everybody likes it, mean 0, deviation 1, skewed to the right
     */
    public record Traits(
            String noun,
            String material,
            String kind,
            String adjective,
            String colour,
            int brandIndex,
            int categoryIndex,
            double[] style,
            double priceLevel,
            double appeal) {

        /** Whether the product is made, meant, styled or coloured as the word says. */
        public boolean answersTo(String word) {
            return word.equals(material)
                    || word.equals(kind)
                    || word.equals(adjective)
                    || word.equals(colour);
        }
    }
}
