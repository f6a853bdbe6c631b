package dev.persona.plugin.follower;

import dev.persona.plugin.catalog.CompanionIndices;

import org.elasticsearch.action.ActionRequestValidationException;
import org.elasticsearch.action.IndicesRequest;
import org.elasticsearch.action.UntypedActionRequest;
import org.elasticsearch.action.support.IndicesOptions;
import org.elasticsearch.common.io.stream.StreamInput;
import org.elasticsearch.common.io.stream.StreamOutput;

import java.io.IOException;
import java.util.Objects;

/** Whose profile. Needs what reading the stored document needs: read on the profiles index. */
public final class PendingEventsRequest extends UntypedActionRequest implements IndicesRequest {
    private final String catalog;
    private final String user;
    private final boolean unknown;

    /**
     * A user of a catalog.
     *
     * @param unknown whether there is no document of that id, so that it may be of a user who was
     *     erased
     */
    public PendingEventsRequest(String catalog, String user, boolean unknown) {
        this.catalog = Objects.requireNonNull(catalog);
        this.user = Objects.requireNonNull(user);
        this.unknown = unknown;
    }

    /** Reads what {@link #writeTo} wrote. */
    public PendingEventsRequest(StreamInput in) throws IOException {
        super(in);
        this.catalog = in.readString();
        this.user = in.readString();
        this.unknown = in.readBoolean();
    }

    @Override
    public void writeTo(StreamOutput out) throws IOException {
        super.writeTo(out);
        out.writeString(catalog);
        out.writeString(user);
        out.writeBoolean(unknown);
    }

    String catalog() {
        return catalog;
    }

    String user() {
        return user;
    }

    boolean unknown() {
        return unknown;
    }

    @Override
    public String[] indices() {
        return new String[] {CompanionIndices.profiles(catalog)};
    }

    @Override
    public IndicesOptions indicesOptions() {
        return IndicesOptions.STRICT_SINGLE_INDEX_NO_EXPAND_FORBID_CLOSED;
    }

    @Override
    public ActionRequestValidationException validate() {
        return null;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof PendingEventsRequest that
                && catalog.equals(that.catalog)
                && user.equals(that.user)
                && unknown == that.unknown;
    }

    @Override
    public int hashCode() {
        return Objects.hash(catalog, user, unknown);
    }
}
