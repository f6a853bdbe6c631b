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
public final class LiveProfileRequest extends UntypedActionRequest implements IndicesRequest {
    private final String catalog;
    private final String user;
    private final boolean settle;

    /**
     * A user of a catalog.
     *
     * @param settle whether the follower is to write what it has, and answer when nothing is ahead
     *     of the documents any more
     */
    public LiveProfileRequest(String catalog, String user, boolean settle) {
        this.catalog = Objects.requireNonNull(catalog);
        this.user = Objects.requireNonNull(user);
        this.settle = settle;
    }

    /** Reads what {@link #writeTo} wrote. */
    public LiveProfileRequest(StreamInput in) throws IOException {
        super(in);
        this.catalog = in.readString();
        this.user = in.readString();
        this.settle = in.readBoolean();
    }

    @Override
    public void writeTo(StreamOutput out) throws IOException {
        super.writeTo(out);
        out.writeString(catalog);
        out.writeString(user);
        out.writeBoolean(settle);
    }

    String catalog() {
        return catalog;
    }

    String user() {
        return user;
    }

    boolean settle() {
        return settle;
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
        return other instanceof LiveProfileRequest that
                && catalog.equals(that.catalog)
                && user.equals(that.user)
                && settle == that.settle;
    }

    @Override
    public int hashCode() {
        return Objects.hash(catalog, user, settle);
    }
}
