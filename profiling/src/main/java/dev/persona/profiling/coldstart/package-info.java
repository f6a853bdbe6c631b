/**
 * Vectors for items that no user has met yet, from what the catalog says of them.
 *
 * <p>{@link dev.persona.profiling.coldstart.ItemDescription} is what is known of an item, {@link
 * dev.persona.profiling.coldstart.ColdStartRegression} learns from the items of a factorization how
 * descriptions and vectors go together, and {@link dev.persona.profiling.coldstart.ColdStartModel}
 * is what it has learned: it gives a vector for any description.
 *
 * <p>A description is taken apart into terms: words of the title, pairs of neighbouring words,
 * values of attributes, the magnitude of the price. They are called terms and not features, which
 * are what the ranking model sees.
 */
package dev.persona.profiling.coldstart;
