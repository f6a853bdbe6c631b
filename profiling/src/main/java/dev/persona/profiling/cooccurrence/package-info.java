/**
 * Items related by the users they share.
 *
 * <p>{@link dev.persona.profiling.factorization.Interactions} are what goes in, {@link
 * dev.persona.profiling.cooccurrence.CoOccurrence} is the algorithm, {@link
 * dev.persona.profiling.cooccurrence.Association} says how strongly two items go together, and
 * {@link dev.persona.profiling.cooccurrence.RelatedItems} is what comes out.
 */
package dev.persona.profiling.cooccurrence;
