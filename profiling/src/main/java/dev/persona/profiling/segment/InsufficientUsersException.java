package dev.persona.profiling.segment;

/** There are too few users who differ to make as many segments of them. */
public final class InsufficientUsersException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Says how many there are and how many it takes. */
    public InsufficientUsersException(String message) {
        super(message);
    }
}
