package dev.persona.profiling.factorization;

import java.nio.file.Path;
import java.util.Optional;

/** The BLAS that tests count with. */
public final class LoadedBlas {
    private LoadedBlas() {}

    /** The directory that the build unpacked the gfortran files into. */
    static Optional<Path> directory() {
        return Optional.ofNullable(System.getProperty("persona.native.directory")).map(Path::of);
    }

    /** Loaded, or the test fails. */
    public static Blas get() {
        Blas blas = Blas.load(directory());
        blas.require();
        return blas;
    }
}
