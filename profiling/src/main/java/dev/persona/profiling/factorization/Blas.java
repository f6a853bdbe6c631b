package dev.persona.profiling.factorization;

public final class Blas {
    private Blas() {}
}
