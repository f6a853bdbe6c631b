/**
 * Implicit-feedback matrix factorization on BLAS and its result.
 *
 * <p>{@link dev.persona.profiling.factorization.Interactions} is what goes in, {@link
 * dev.persona.profiling.factorization.AlternatingLeastSquares} is the algorithm, {@link
 * dev.persona.profiling.factorization.FactorModel} is what comes out, and {@link
 * dev.persona.profiling.factorization.FoldIn} keeps one user's vector current between two runs.
 *
 * <p>Ids of the outer world are strings; inside, users and items are dense indexes from 0, and
 * {@link dev.persona.profiling.factorization.IdIndex} is the only bridge between the two. Vectors
 * lie one after the other in flat arrays, {@code float[count * factors]}, row-major.
 */
package dev.persona.profiling.factorization;
