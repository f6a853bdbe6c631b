package dev.persona.evaluate.history;

/** Among which items is recommended. */
public enum Candidates {
    /** All of the catalog. */
    ALL("all"),

    /** Those that the user has not bought before. */
    NEW("new");

    private final String key;

    Candidates(String key) {
        this.key = key;
    }

    /** The name among the figures. */
    public String key() {
        return key;
    }
}
