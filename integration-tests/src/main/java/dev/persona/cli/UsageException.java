package dev.persona.cli;

/** A command was called in a way it does not understand. The message says what would be right. */
public final class UsageException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** The message is for the person at the terminal. */
    public UsageException(String message) {
        super(message);
    }
}
