package dev.persona.profiling.factorization;

import org.jblas.NativeBlas;

import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The BLAS of this process: jblas in single precision, loaded, or not loaded and the reason why.
 *
 * <p>All matrices are column-major, as BLAS has them; a {@code float[n * f]} with one vector per
 * row in row-major order is therefore the f x n matrix whose columns are the vectors.
 *
 * <p>One thread at a time is let into the library. The OpenBLAS inside jblas 1.2.5 is built for a
 * single thread and hands out its packing buffers without a lock: two concurrent 64 x 64 products
 * were seen to give wrong numbers in about one of twenty calls, silently.
 */
public final class Blas {
    private static final ReentrantLock ONE_AT_A_TIME = new ReentrantLock();
    private static Blas loaded;

    private final Optional<String> problem;

    private Blas(Optional<String> problem) {
        this.problem = problem;
    }

    /**
     * Loads BLAS, once in the life of the process: the first call decides, later ones get its
     * result. Never throws.
     *
     * @param nativeDirectory the directory that holds libquadmath.so.0 and libgfortran.so.5, which
     *     jblas is linked against; where it is empty or does not hold them, the system's are used
     * @return BLAS, loaded or with the reason why it is not
     */
    public static synchronized Blas load(Optional<Path> nativeDirectory) {
        if (loaded == null) {
            loaded = new Blas(JblasLoader.load(nativeDirectory));
        }
        return loaded;
    }

    /**
     * A BLAS that is not there.
     *
     * @param reason what its users are told
     */
    public static Blas unavailable(String reason) {
        return new Blas(Optional.of(Objects.requireNonNull(reason, "reason")));
    }

    /** The name of the library, whether it could be loaded or not. */
    public String library() {
        return "jblas";
    }

    /** Whether the library can be called. */
    public boolean isLoaded() {
        return problem.isEmpty();
    }

    /** Why the library could not be loaded; empty when it was. */
    public Optional<String> problem() {
        return problem;
    }

    /**
     * Ends in an exception unless BLAS is loaded.
     *
     * @throws BlasUnavailableException with the reason
     */
    public void require() {
        if (problem.isPresent()) {
            throw new BlasUnavailableException(problem.get());
        }
    }

    /**
     * Adds V V' to a square matrix, where V is the f x n matrix of n vectors.
     *
     * <p>jblas copies each array whole on the way in and on the way out, so the arrays should be
     * little longer than what is used of them.
     *
     * @param f length of a vector
     * @param n number of vectors
     * @param vectors the vectors, one after the other, at least n * f long
     * @param sum f * f, added to
     */
    void addOuterProducts(int f, int n, float[] vectors, float[] sum) {
        require();
        ONE_AT_A_TIME.lock();
        try {
            NativeBlas.sgemm('N', 'T', f, f, n, 1f, vectors, 0, f, vectors, 0, f, 1f, sum, 0, f);
        } finally {
            ONE_AT_A_TIME.unlock();
        }
    }
}
