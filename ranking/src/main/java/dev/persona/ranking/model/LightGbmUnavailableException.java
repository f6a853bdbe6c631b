package dev.persona.ranking.model;

/** LightGBM's native library could not be loaded in this process. */
public final class LightGbmUnavailableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    LightGbmUnavailableException(String reason) {
        super("LightGBM could not be loaded on this node: " + reason);
    }
}
