package dev.persona.plugin.catalog;

import org.elasticsearch.action.ActionRequestValidationException;
import org.elasticsearch.action.IndicesRequest;
import org.elasticsearch.action.UntypedActionRequest;
import org.elasticsearch.action.support.IndicesOptions;
import org.elasticsearch.common.bytes.BytesReference;
import org.elasticsearch.common.io.stream.StreamInput;
import org.elasticsearch.common.io.stream.StreamOutput;

import java.io.IOException;
import java.util.Objects;

/**
 * A call about a catalog: its name, what the path names below it (a user, a model, or nothing), and
 * the body as it was sent.
 */
public class CatalogRequest extends UntypedActionRequest implements IndicesRequest.Replaceable {
    private String catalog;
    private final String target;
    private final BytesReference body;

    /** A call with nothing named below the catalog. */
    public CatalogRequest(String catalog, BytesReference body) {
        this(catalog, "", body);
    }

    /**
     * A call.
     *
     * @param target the user or model it is about; empty when about neither
     */
    public CatalogRequest(String catalog, String target, BytesReference body) {
        this.catalog = Objects.requireNonNull(catalog);
        this.target = Objects.requireNonNull(target);
        this.body = Objects.requireNonNull(body);
    }

    /** Reads what {@link #writeTo} wrote. */
    public CatalogRequest(StreamInput in) throws IOException {
        super(in);
        this.catalog = in.readString();
        this.target = in.readString();
        this.body = in.readBytesReference();
    }

    @Override
    public void writeTo(StreamOutput out) throws IOException {
        super.writeTo(out);
        out.writeString(catalog);
        out.writeString(target);
        out.writeBytesReference(body);
    }

    /** The catalog's name. */
    public final String catalog() {
        return catalog;
    }

    /** The user or model it is about; empty when about neither. */
    public final String target() {
        return target;
    }

    /** The body as it was sent; empty when there was none. */
    public final BytesReference body() {
        return body;
    }

    @Override
    public final String[] indices() {
        return new String[] {catalog};
    }

    @Override
    public final IndicesRequest indices(String... indices) {
        if (indices.length != 1) {
            throw new IllegalArgumentException("a call is about one catalog");
        }
        catalog = indices[0];
        return this;
    }

    @Override
    public final IndicesOptions indicesOptions() {
        return IndicesOptions.STRICT_SINGLE_INDEX_NO_EXPAND_FORBID_CLOSED;
    }

    @Override
    public ActionRequestValidationException validate() {
        return null;
    }

    @Override
    public boolean equals(Object other) {
        return other != null
                && other.getClass() == getClass()
                && other instanceof CatalogRequest that
                && catalog.equals(that.catalog)
                && target.equals(that.target)
                && body.equals(that.body);
    }

    @Override
    public int hashCode() {
        return Objects.hash(catalog, target, body);
    }
}
