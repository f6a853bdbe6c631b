package dev.persona.plugin.vector;

import org.elasticsearch.TransportVersion;
import org.elasticsearch.action.ActionListener;
import org.elasticsearch.client.internal.Client;
import org.elasticsearch.common.io.stream.StreamInput;
import org.elasticsearch.common.io.stream.StreamOutput;
import org.elasticsearch.search.vectors.QueryVectorBuilder;
import org.elasticsearch.xcontent.ObjectParser;
import org.elasticsearch.xcontent.ParseField;
import org.elasticsearch.xcontent.XContentBuilder;
import org.elasticsearch.xcontent.XContentParser;

import java.io.IOException;
import java.util.Objects;
import java.util.Optional;

/**
 * {@code "query_vector_builder": {"persona_interest": {"user": "u42"}}}: the user's interest vector
 * as it is now. It is made once, on the coordinating node; shards see the vector only.
 */
public final class InterestVectorBuilder implements QueryVectorBuilder {
    /** Name of the builder. */
    public static final String NAME = "persona_interest";

    private static final ParseField USER = new ParseField("user");
    private static final ParseField CATALOG = new ParseField("catalog");
    private static final ParseField SLOT = new ParseField("slot");
    private static final ParseField MISSING = new ParseField("missing_profile");

    private static final ObjectParser<Parsed, Void> PARSER = new ObjectParser<>(NAME, Parsed::new);

    static {
        PARSER.declareString((parsed, value) -> parsed.user = value, USER);
        PARSER.declareString((parsed, value) -> parsed.catalog = Optional.of(value), CATALOG);
        PARSER.declareString((parsed, value) -> parsed.slot = Optional.of(value), SLOT);
        PARSER.declareString(
                (parsed, value) -> parsed.missing = MissingVector.named(value), MISSING);
        PARSER.declareRequiredFieldSet(USER.getPreferredName());
    }

    /** What the parser fills in. */
    private static final class Parsed {
        private String user = "";
        private Optional<String> catalog = Optional.empty();
        private Optional<String> slot = Optional.empty();
        private MissingVector missing = MissingVector.FAIL;
    }

    private final InterestVectorSource vectors;
    private final String user;
    private final Optional<String> catalog;
    private final Optional<String> slot;
    private final MissingVector missing;

    private InterestVectorBuilder(InterestVectorSource vectors, Parsed parsed) {
        this.vectors = vectors;
        this.user = parsed.user;
        this.catalog = parsed.catalog;
        this.slot = parsed.slot;
        this.missing = parsed.missing;
    }

    /** Reads what a search request says. */
    public static InterestVectorBuilder parse(XContentParser parser, InterestVectorSource vectors) {
        Parsed parsed = PARSER.apply(parser, null);
        if (parsed.user.isEmpty()) {
            throw new IllegalArgumentException("[user] must not be empty");
        }
        return new InterestVectorBuilder(vectors, parsed);
    }

    /** Reads what {@link #writeTo} wrote. */
    public InterestVectorBuilder(StreamInput in, InterestVectorSource vectors) throws IOException {
        this.vectors = vectors;
        this.user = in.readString();
        this.catalog = Optional.ofNullable(in.readOptionalString());
        this.slot = Optional.ofNullable(in.readOptionalString());
        this.missing = in.readEnum(MissingVector.class);
    }

    @Override
    public void writeTo(StreamOutput out) throws IOException {
        out.writeString(user);
        out.writeOptionalString(catalog.orElse(null));
        out.writeOptionalString(slot.orElse(null));
        out.writeEnum(missing);
    }

    @Override
    public void buildVector(Client client, ActionListener<float[]> listener) {
        ActionListener.run(listener, l -> vectors.find(client, user, catalog, slot, missing, l));
    }

    @Override
    public XContentBuilder toXContent(XContentBuilder builder, Params params) throws IOException {
        builder.startObject();
        builder.field(USER.getPreferredName(), user);
        if (catalog.isPresent()) {
            builder.field(CATALOG.getPreferredName(), catalog.get());
        }
        if (slot.isPresent()) {
            builder.field(SLOT.getPreferredName(), slot.get());
        }
        builder.field(MISSING.getPreferredName(), missing.id());
        return builder.endObject();
    }

    @Override
    public String getWriteableName() {
        return NAME;
    }

    @Override
    public TransportVersion getMinimalSupportedVersion() {
        return TransportVersion.zero();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof InterestVectorBuilder that
                && user.equals(that.user)
                && catalog.equals(that.catalog)
                && slot.equals(that.slot)
                && missing == that.missing;
    }

    @Override
    public int hashCode() {
        return Objects.hash(user, catalog, slot, missing);
    }
}
