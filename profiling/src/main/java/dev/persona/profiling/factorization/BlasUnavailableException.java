package dev.persona.profiling.factorization;

/** Thrown by what needs BLAS where BLAS could not be loaded; the message says why. */
public final class BlasUnavailableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * @param reason why BLAS could not be loaded
     */
    public BlasUnavailableException(String reason) {
        super("BLAS is not available: " + reason);
    }
}
