package dev.persona.evaluate.recommend;

import dev.persona.profiling.factorization.AlsParameters;
import dev.persona.profiling.factorization.FactorModel;
import dev.persona.profiling.factorization.Interactions;

/** Factorizes in this process. */
@FunctionalInterface
interface Factorizer {

    FactorModel factorize(Interactions interactions, AlsParameters parameters);
}
