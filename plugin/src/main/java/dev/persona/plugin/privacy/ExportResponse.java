package dev.persona.plugin.privacy;

import org.elasticsearch.action.ActionResponse;
import org.elasticsearch.common.bytes.BytesArray;
import org.elasticsearch.common.bytes.BytesReference;
import org.elasticsearch.common.io.stream.StreamInput;
import org.elasticsearch.common.io.stream.StreamOutput;

import java.io.IOException;
import java.util.Objects;
import java.util.Optional;

/** A page of what is stored of a user. */
public final class ExportResponse extends ActionResponse {
    private final BytesReference lines;
    private final Optional<String> after;

    /**
     * A page.
     *
     * @param lines a JSON object a line, UTF-8
     * @param after where it ends; empty when it is the last
     */
    public ExportResponse(byte[] lines, Optional<String> after) {
        this.lines = new BytesArray(lines);
        this.after = after;
    }

    /** Reads what {@link #writeTo} wrote. */
    public ExportResponse(StreamInput in) throws IOException {
        this.lines = in.readBytesReference();
        this.after = Optional.ofNullable(in.readOptionalString());
    }

    @Override
    public void writeTo(StreamOutput out) throws IOException {
        out.writeBytesReference(lines);
        out.writeOptionalString(after.orElse(null));
    }

    /** A JSON object a line, UTF-8. */
    public BytesReference lines() {
        return lines;
    }

    /** Where it ends; empty when it is the last. */
    public Optional<String> after() {
        return after;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ExportResponse that
                && lines.equals(that.lines)
                && after.equals(that.after);
    }

    @Override
    public int hashCode() {
        return Objects.hash(lines, after);
    }
}
