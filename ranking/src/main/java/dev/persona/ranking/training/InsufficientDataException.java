package dev.persona.ranking.training;

/** There are too few events to train from. */
public final class InsufficientDataException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Says how many there are and how many it takes. */
    public InsufficientDataException(String message) {
        super(message);
    }
}
