/** Implicit-feedback matrix factorization on BLAS and its result. */
package dev.persona.profiling.factorization;
