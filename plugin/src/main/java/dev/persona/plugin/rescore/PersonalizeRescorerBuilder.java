package dev.persona.plugin.rescore;

import dev.persona.plugin.catalog.Catalog;
import dev.persona.ranking.model.RankingModel;

import org.apache.lucene.util.SetOnce;
import org.elasticsearch.TransportVersion;
import org.elasticsearch.action.ActionListener;
import org.elasticsearch.action.ActionRequestValidationException;
import org.elasticsearch.action.ValidateActions;
import org.elasticsearch.client.internal.Client;
import org.elasticsearch.common.io.stream.StreamInput;
import org.elasticsearch.common.io.stream.StreamOutput;
import org.elasticsearch.index.query.QueryRewriteContext;
import org.elasticsearch.index.query.SearchExecutionContext;
import org.elasticsearch.search.SearchService;
import org.elasticsearch.search.builder.SearchSourceBuilder;
import org.elasticsearch.search.rescore.RescoreContext;
import org.elasticsearch.search.rescore.RescorerBuilder;
import org.elasticsearch.xcontent.ObjectParser;
import org.elasticsearch.xcontent.ParseField;
import org.elasticsearch.xcontent.XContentBuilder;
import org.elasticsearch.xcontent.XContentParser;

import java.io.IOException;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * {@code "rescore": {"window_size": 200, "personalize": {"user": "u42"}}}.
 *
 * <p>It becomes ready in two steps. The coordinating node finds out once which catalog, profile,
 * model version and factor slot the search uses, and ships that to all shards. Each data node then
 * makes sure that it has the model in memory. Neither blocks a thread.
 */
public final class PersonalizeRescorerBuilder extends RescorerBuilder<PersonalizeRescorerBuilder> {
    /** Name of the rescorer. */
    public static final String NAME = "personalize";

    /** Window where the request names none: what one shop page is chosen from. */
    static final int DEFAULT_WINDOW = 200;

    private static final ParseField USER = new ParseField("user");
    private static final ParseField MODEL = new ParseField("model");
    private static final ParseField CONTEXT = new ParseField("context");
    private static final ParseField QUERY_ID = new ParseField("query_id");
    private static final ParseField MISSING_PROFILE = new ParseField("missing_profile");

    private static final ObjectParser<Parsed, Void> PARSER = new ObjectParser<>(NAME, Parsed::new);

    static {
        PARSER.declareString((parsed, value) -> parsed.user = notEmpty(USER, value), USER);
        PARSER.declareString((parsed, value) -> parsed.model = value, MODEL);
        PARSER.declareObject(
                (parsed, value) -> parsed.context = value, (parser, c) -> parser.map(), CONTEXT);
        PARSER.declareString((parsed, value) -> parsed.queryId = value, QUERY_ID);
        PARSER.declareString(
                (parsed, value) -> parsed.missingProfile = MissingProfile.of(value),
                MISSING_PROFILE);
        PARSER.declareRequiredFieldSet(USER.getPreferredName());
    }

    private static String notEmpty(ParseField field, String value) {
        if (value.isEmpty()) {
            throw new IllegalArgumentException(
                    "[" + field.getPreferredName() + "] must not be empty");
        }
        return value;
    }

    /** What the parser fills in. */
    private static final class Parsed {
        private String user = "";
        private String model = "default";
        private Map<String, Object> context = Map.of();
        private String queryId = "";
        private MissingProfile missingProfile = MissingProfile.IGNORE;
    }

    private final Personalizer personalizer;
    private final String user;
    private final String model;
    private final Map<String, Object> context;
    private final String queryId;
    private final MissingProfile missingProfile;

    /** Set by the coordinating node's rewrite. */
    private final Optional<Personalization> resolved;

    /** Set by the data node's rewrite; never leaves the node. */
    private final Optional<RankingModel> loaded;

    /** While an answer is waited for: the builder to go on with, once there is one. */
    private final Optional<Supplier<Optional<PersonalizeRescorerBuilder>>> pending;

    private PersonalizeRescorerBuilder(
            Personalizer personalizer,
            String user,
            String model,
            Map<String, Object> context,
            String queryId,
            MissingProfile missingProfile,
            Optional<Personalization> resolved,
            Optional<RankingModel> loaded,
            Optional<Supplier<Optional<PersonalizeRescorerBuilder>>> pending) {
        this.personalizer = Objects.requireNonNull(personalizer);
        this.user = Objects.requireNonNull(user);
        this.model = Objects.requireNonNull(model);
        this.context = new TreeMap<>(context);
        this.queryId = Objects.requireNonNull(queryId);
        this.missingProfile = Objects.requireNonNull(missingProfile);
        this.resolved = resolved;
        this.loaded = loaded;
        this.pending = pending;
        windowSize(DEFAULT_WINDOW);
    }

    /** Reads what a search request says. */
    public static PersonalizeRescorerBuilder parse(
            XContentParser parser, Personalizer personalizer) {
        Parsed parsed = PARSER.apply(parser, null);
        return new PersonalizeRescorerBuilder(
                personalizer,
                parsed.user,
                parsed.model,
                parsed.context,
                parsed.queryId,
                parsed.missingProfile,
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    /** Reads what {@link #writeTo} wrote. */
    public PersonalizeRescorerBuilder(StreamInput in, Personalizer personalizer)
            throws IOException {
        super(in);
        this.personalizer = personalizer;
        this.user = in.readString();
        this.model = in.readString();
        this.context = new TreeMap<>(in.readGenericMap());
        this.queryId = in.readString();
        this.missingProfile = in.readEnum(MissingProfile.class);
        this.resolved = Optional.ofNullable(in.readOptionalWriteable(Personalization::new));
        this.loaded = Optional.empty();
        this.pending = Optional.empty();
    }

    @Override
    protected void doWriteTo(StreamOutput out) throws IOException {
        out.writeString(user);
        out.writeString(model);
        out.writeGenericMap(context);
        out.writeString(queryId);
        out.writeEnum(missingProfile);
        out.writeOptionalWriteable(resolved.orElse(null));
    }

    @Override
    protected void doXContent(XContentBuilder builder, Params params) throws IOException {
        builder.startObject(NAME);
        builder.field(USER.getPreferredName(), user);
        builder.field(MODEL.getPreferredName(), model);
        if (!context.isEmpty()) {
            builder.field(CONTEXT.getPreferredName(), context);
        }
        if (!queryId.isEmpty()) {
            builder.field(QUERY_ID.getPreferredName(), queryId);
        }
        builder.field(MISSING_PROFILE.getPreferredName(), missingProfile.id());
        builder.endObject();
    }

    @Override
    public ActionRequestValidationException validate(
            SearchSourceBuilder source, ActionRequestValidationException earlier) {
        int from = source.from() < 0 ? SearchService.DEFAULT_FROM : source.from();
        int size = source.size() < 0 ? SearchService.DEFAULT_SIZE : source.size();
        if (windowSize() < from + size) {
            return ValidateActions.addValidationError(
                    "[window_size] must be at least [from + size] = "
                            + (from + size)
                            + " with ["
                            + NAME
                            + "], was "
                            + windowSize(),
                    earlier);
        }
        return earlier;
    }

    @Override
    public RescorerBuilder<PersonalizeRescorerBuilder> rewrite(QueryRewriteContext context)
            throws IOException {
        if (pending.isPresent()) {
            return pending.get().get().orElse(this);
        }
        if (resolved.isEmpty()) {
            return context.getResolvedIndices() == null ? this : resolve(context);
        }
        boolean onDataNode = context.convertToDataRewriteContext() != null;
        return onDataNode && resolved.get().hasProfile() && loaded.isEmpty() ? load(context) : this;
    }

    /** On the coordinating node: one realtime GET of the profile for all shards. */
    private PersonalizeRescorerBuilder resolve(QueryRewriteContext context) {
        Catalog catalog = personalizer.catalog(context.getResolvedIndices());
        return fetch(
                context,
                (client, answer) ->
                        personalizer.resolve(
                                client,
                                catalog,
                                user,
                                model,
                                missingProfile,
                                context.nowInMillis(),
                                answer),
                // From here on the search may be logged, so it names the user as the indices do.
                (Personalization found) ->
                        copy(
                                personalizer.storedName(catalog, user),
                                Optional.of(found),
                                loaded,
                                Optional.empty()));
    }

    /** On a data node: makes sure the model is in memory. */
    private PersonalizeRescorerBuilder load(QueryRewriteContext context) {
        Personalization what = resolved.orElseThrow();
        Optional<RankingModel> present =
                personalizer.models().find(what.catalog(), model, what.version());
        if (present.isPresent()) {
            return with(resolved, present);
        }
        return fetch(
                context,
                (client, listener) ->
                        personalizer.models().load(what.catalog(), model, what.version(), listener),
                (RankingModel found) -> with(resolved, Optional.of(found)));
    }

    /**
     * Asks for something; the builder returned turns into the next one when the answer is there.
     */
    private <T> PersonalizeRescorerBuilder fetch(
            QueryRewriteContext context,
            BiConsumer<Client, ActionListener<T>> ask,
            Function<T, PersonalizeRescorerBuilder> next) {
        SetOnce<T> found = new SetOnce<>();
        context.registerAsyncAction(
                (client, listener) ->
                        ask.accept(
                                client,
                                listener.<T>map(
                                        answer -> {
                                            found.set(answer);
                                            return null;
                                        })));
        return copy(
                user,
                resolved,
                loaded,
                Optional.of(() -> Optional.ofNullable(found.get()).map(next)));
    }

    /** What the coordinating node has found out; empty before. */
    Optional<Personalization> resolved() {
        return resolved;
    }

    PersonalizeRescorerBuilder with(
            Optional<Personalization> nowResolved, Optional<RankingModel> nowLoaded) {
        return copy(user, nowResolved, nowLoaded, Optional.empty());
    }

    private PersonalizeRescorerBuilder copy(
            String nowUser,
            Optional<Personalization> nowResolved,
            Optional<RankingModel> nowLoaded,
            Optional<Supplier<Optional<PersonalizeRescorerBuilder>>> nowPending) {
        return new PersonalizeRescorerBuilder(
                        personalizer,
                        nowUser,
                        model,
                        context,
                        queryId,
                        missingProfile,
                        nowResolved,
                        nowLoaded,
                        nowPending)
                .windowSize(windowSize());
    }

    @Override
    protected RescoreContext innerBuildContext(int windowSize, SearchExecutionContext context) {
        Personalization what =
                resolved.orElseThrow(
                        () ->
                                new IllegalArgumentException(
                                        "[" + NAME + "] cannot be used in this kind of search"));
        if (!what.hasProfile()) {
            return new RescoreContext(windowSize, UnchangedRescorer.INSTANCE);
        }
        RankingModel ranking =
                loaded.orElseThrow(() -> new IllegalStateException("the model is not loaded"));
        return personalizer.context(windowSize, what, ranking, context);
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
        return super.equals(other)
                && other instanceof PersonalizeRescorerBuilder that
                && user.equals(that.user)
                && model.equals(that.model)
                && context.equals(that.context)
                && queryId.equals(that.queryId)
                && missingProfile == that.missingProfile
                && resolved.equals(that.resolved);
    }

    @Override
    public int hashCode() {
        return Objects.hash(
                super.hashCode(), user, model, context, queryId, missingProfile, resolved);
    }
}
