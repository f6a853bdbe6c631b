package dev.persona.demo.shop;

/**
 * A user of the generated shop and the tastes that nobody is told.
 *
 * @param id user id
 * @param activity how often this user comes, relative to others
 * @param categoryLiking -1 to 1 for each category
 * @param brandLiking 0 to 1 for each brand; 0 for all but a handful of favourites
 * @param style unit vector over the styles of the vocabulary
 * @param priceLevel log of the prices this user is at ease with, relative to the usual ones
 */
public record Shopper(
        String id,
        double activity,
        double[] categoryLiking,
        double[] brandLiking,
        double[] style,
        double priceLevel) {}
