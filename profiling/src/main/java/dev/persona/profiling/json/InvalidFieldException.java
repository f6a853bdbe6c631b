package dev.persona.profiling.json;

/** A field of a JSON object is missing, unknown, of the wrong type or out of bounds. */
public final class InvalidFieldException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String field;
    private final String reason;

    /**
     * @param field full name of the field, such as {@code fields.price}
     * @param reason what is wrong and what would be right
     */
    public InvalidFieldException(String field, String reason) {
        super("[" + field + "] " + reason);
        this.field = field;
        this.reason = reason;
    }

    /** Full name of the field. */
    public String field() {
        return field;
    }

    /** What is wrong and what would be right, without the field's name. */
    public String reason() {
        return reason;
    }
}
