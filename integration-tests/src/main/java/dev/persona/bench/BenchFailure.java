package dev.persona.bench;

/** A benchmark could not go on. The message is for the person who runs it. */
public final class BenchFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** A failure with what was found in place of what was expected. */
    public BenchFailure(String message) {
        super(message);
    }
}
