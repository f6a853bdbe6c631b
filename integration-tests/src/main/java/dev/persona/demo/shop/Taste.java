package dev.persona.demo.shop;

import dev.persona.demo.shop.Product.Traits;

/**
 * How much a user wants a product, given what was asked for.
 *
 * <pre>
 * utility = 2.0 category + 2.2 brand + 2.2 style + 1.2 price + 0.4 appeal + request
 * </pre>
 *
 * <ul>
 *   <li>category: the user's liking of the product's category, -1 to 1;
 *   <li>brand: 0.6 to 1 for a favourite brand, else 0;
 *   <li>style: cosine of the user's and the product's hidden style vectors;
 *   <li>price: {@code -d*d/2}, no lower than -2, where d is the distance between the price levels
 *       of product and user in units of 0.5 (log scale);
 *   <li>appeal: what everybody likes about the product, mean 0, deviation 1;
 *   <li>request: +0.8 for the word asked for besides the noun, and -3 when the product is another
 *       thing altogether and merely mentions the noun.
 * </ul>
 *
 * Category, brand and price can be seen in the indexed fields; style cannot, and has to be learned
 * from who liked what.
 */
public final class Taste {

    private static final double CATEGORY = 2.0;
    private static final double BRAND = 2.2;
    private static final double STYLE = 2.2;
    private static final double PRICE = 1.2;
    private static final double APPEAL = 0.4;
    private static final double MODIFIER = 0.8;
    private static final double ANOTHER_THING = -3;
    private static final double PRICE_UNIT = 0.5;
    private static final double PRICE_FLOOR = -2;

    private Taste() {}

    /** Utility on the scale of log-odds; {@link ClickModel} turns it into probabilities. */
    public static double utility(Shopper shopper, Product product, ShopQuery query) {
        Traits traits = product.traits();
        double distance = (traits.priceLevel() - shopper.priceLevel()) / PRICE_UNIT;
        double price = Math.max(PRICE_FLOOR, -distance * distance / 2);
        return CATEGORY * shopper.categoryLiking()[traits.categoryIndex()]
                + BRAND * shopper.brandLiking()[traits.brandIndex()]
                + STYLE * StyleVector.cosine(shopper.style(), traits.style())
                + PRICE * price
                + APPEAL * traits.appeal()
                + request(traits, query);
    }

    private static double request(Traits traits, ShopQuery query) {
        if (!traits.noun().equals(query.noun())) {
            return ANOTHER_THING;
        }
        double asked = 0;
        for (String modifier : query.modifiers()) {
            asked += traits.answersTo(modifier) ? MODIFIER : 0;
        }
        return asked;
    }
}
