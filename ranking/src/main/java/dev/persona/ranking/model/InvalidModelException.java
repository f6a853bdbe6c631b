package dev.persona.ranking.model;

/**
 * A ranking model is malformed or does not fit its feature set, or LightGBM refused to work on it.
 */
public final class InvalidModelException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Says what is wrong. */
    public InvalidModelException(String message) {
        super(message);
    }

    /** Says what is wrong and what LightGBM said. */
    public InvalidModelException(String message, Throwable cause) {
        super(message + ": " + cause.getMessage(), cause);
    }
}
