package dev.persona.plugin.privacy;

import dev.persona.plugin.catalog.CatalogRequest;

import org.elasticsearch.common.bytes.BytesArray;
import org.elasticsearch.common.io.stream.StreamInput;
import org.elasticsearch.common.io.stream.StreamOutput;

import java.io.IOException;
import java.util.Objects;

/** Whose data, and from where on. */
public final class ExportRequest extends CatalogRequest {
    private final String after;

    /** The first page. */
    public ExportRequest(String catalog, String user) {
        this(catalog, user, "");
    }

    private ExportRequest(String catalog, String user, String after) {
        super(catalog, user, BytesArray.EMPTY);
        this.after = Objects.requireNonNull(after);
    }

    /** Reads what {@link #writeTo} wrote. */
    public ExportRequest(StreamInput in) throws IOException {
        super(in);
        this.after = in.readString();
    }

    @Override
    public void writeTo(StreamOutput out) throws IOException {
        super.writeTo(out);
        out.writeString(after);
    }

    /** The page after the one that ended there. */
    public ExportRequest from(String place) {
        return new ExportRequest(catalog(), target(), place);
    }

    /** Where the page before ended; empty for the first. */
    String after() {
        return after;
    }

    @Override
    public boolean equals(Object other) {
        return super.equals(other)
                && other instanceof ExportRequest that
                && after.equals(that.after);
    }

    @Override
    public int hashCode() {
        return 31 * super.hashCode() + after.hashCode();
    }
}
