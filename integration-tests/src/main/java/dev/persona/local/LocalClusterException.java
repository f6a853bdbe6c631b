package dev.persona.local;

/** The local cluster could not do what was asked. The message is for the person who asked. */
public final class LocalClusterException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** A failure without another one behind it. */
    public LocalClusterException(String message) {
        super(message);
    }

    /** A failure that another one caused. */
    public LocalClusterException(String message, Throwable cause) {
        super(message, cause);
    }
}
