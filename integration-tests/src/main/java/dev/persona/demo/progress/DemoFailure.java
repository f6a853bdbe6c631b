package dev.persona.demo.progress;

/** The demo cannot go on; the message tells its caller why, and what would help. */
public final class DemoFailure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /**
     * @param message one or two sentences, shown without a stack trace
     */
    public DemoFailure(String message) {
        super(message);
    }

    /**
     * @param message one or two sentences, shown without a stack trace
     * @param cause what led to it
     */
    public DemoFailure(String message, Throwable cause) {
        super(message, cause);
    }
}
