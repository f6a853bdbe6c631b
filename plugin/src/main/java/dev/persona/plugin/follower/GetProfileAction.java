package dev.persona.plugin.follower;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.persona.plugin.catalog.Catalog;
import dev.persona.plugin.catalog.CatalogRequest;
import dev.persona.plugin.catalog.Catalogs;
import dev.persona.plugin.generation.InterestVectors;
import dev.persona.plugin.json.JsonResponse;
import dev.persona.plugin.profile.ProfileDocument;
import dev.persona.plugin.profile.Tags;
import dev.persona.plugin.pseudonym.Pseudonyms;
import dev.persona.plugin.segment.DerivedFields;
import dev.persona.plugin.segment.LoadedSegments;
import dev.persona.profiling.profile.Population;
import dev.persona.profiling.profile.Profile;
import dev.persona.profiling.profile.ProfileJson;
import dev.persona.profiling.segment.SegmentModel;

import org.elasticsearch.action.ActionListener;
import org.elasticsearch.action.ActionType;
import org.elasticsearch.action.support.ActionFilters;
import org.elasticsearch.action.support.HandledTransportAction;
import org.elasticsearch.action.support.ThreadedActionListener;
import org.elasticsearch.client.internal.Client;
import org.elasticsearch.common.util.concurrent.EsExecutors;
import org.elasticsearch.injection.guice.Inject;
import org.elasticsearch.rest.RestStatus;
import org.elasticsearch.tasks.Task;
import org.elasticsearch.threadpool.ThreadPool;
import org.elasticsearch.transport.TransportService;

import java.util.Optional;

/** Shows the profile of one user. */
public final class GetProfileAction extends HandledTransportAction<CatalogRequest, JsonResponse> {
    /** Its name. */
    public static final ActionType<JsonResponse> TYPE =
            new ActionType<>("indices:data/read/persona/profile/get");

    private final ProfileReader profiles;
    private final Catalogs catalogs;
    private final Pseudonyms pseudonyms;
    private final InterestVectors interests;
    private final LoadedSegments segments;
    private final ThreadPool threadPool;

    /** Made by Elasticsearch. */
    @Inject
    public GetProfileAction(
            TransportService transportService,
            ActionFilters actionFilters,
            Client client,
            Catalogs catalogs,
            Pseudonyms pseudonyms,
            InterestVectors interests,
            LoadedSegments segments,
            ThreadPool threadPool) {
        super(
                TYPE.name(),
                transportService,
                actionFilters,
                CatalogRequest::new,
                EsExecutors.DIRECT_EXECUTOR_SERVICE);
        this.profiles = new ProfileReader(client);
        this.catalogs = catalogs;
        this.pseudonyms = pseudonyms;
        this.interests = interests;
        this.segments = segments;
        this.threadPool = threadPool;
    }

    @Override
    protected void doExecute(
            Task task, CatalogRequest request, ActionListener<JsonResponse> listener) {
        Catalog catalog = catalogs.get(request.catalog());
        profiles.read(
                catalog,
                catalog.storedNames(pseudonyms).apply(request.target()),
                listener.delegateFailureAndWrap(
                        (l, found) -> {
                            if (found.isEmpty()) {
                                l.onResponse(unknown(request.target()));
                                return;
                            }
                            long now = threadPool.absoluteTimeInMillis();
                            interests.current(
                                    catalog,
                                    found.get().source(),
                                    now,
                                    l.delegateFailureAndWrap(
                                            (m, interest) ->
                                                    show(
                                                            catalog,
                                                            request.target(),
                                                            found.get(),
                                                            interest,
                                                            now,
                                                            m)));
                        }));
    }

    private void show(
            Catalog catalog,
            String user,
            ProfileReader.Found found,
            float[] interest,
            long now,
            ActionListener<JsonResponse> listener) {
        segments.loadIfThere(
                catalog,
                // Parsing is not for the transport thread that the answer arrives on.
                new ThreadedActionListener<>(
                        threadPool.executor(ThreadPool.Names.GET),
                        listener.map(
                                model ->
                                        new JsonResponse(
                                                shown(
                                                        catalog, user, found, interest, model,
                                                        now)))));
    }

    private static JsonResponse unknown(String user) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("user", user);
        json.put("found", false);
        return new JsonResponse(RestStatus.NOT_FOUND, json);
    }

    private static ObjectNode shown(
            Catalog catalog,
            String user,
            ProfileReader.Found found,
            float[] interest,
            Optional<SegmentModel> segments,
            long now) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("user", user);
        json.put("found", true);
        ProfileDocument document = ProfileDocument.read(found.source(), catalog.settings().rules());
        String root = found.user();
        if (!root.equals(user)) {
            json.put("merged_into", root);
        }
        json.put("tracking", document.stated().tracking());
        json.set("attributes", document.stated().attributesJson());
        ArrayNode tags = json.putArray("tags");
        Tags.names(document, catalog.tagging(), now).forEach(tags::add);
        segments.map(model -> DerivedFields.segment(model, catalog, document, interest, now))
                .orElse(document.segment())
                .ifPresent(segment -> json.put("segment", segment));
        json.set("profile", ProfileJson.shown(document.profile(), now));
        catalog.tagging()
                .population()
                .map(population -> scores(population, document.profile()))
                .filter(scores -> !scores.isEmpty())
                .ifPresent(scores -> json.set("scores", scores));
        ArrayNode merged = JsonNodeFactory.instance.arrayNode();
        document.mergedFrom(root).forEach(merged::add);
        if (!merged.isEmpty()) {
            json.set("merged_from", merged);
        }
        if (interest.length > 0) {
            show(catalog.factors().orElseThrow(), interest, json.putObject("interest"));
        }
        return json;
    }

    private static void show(Catalog.Generation used, float[] vector, ObjectNode json) {
        json.put("generation", used.number());
        json.put("slot", used.slot());
        ArrayNode numbers = json.putArray("vector");
        for (float number : vector) {
            numbers.add(number);
        }
    }

    private static ObjectNode scores(Population population, Profile profile) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        population.recencyScore(profile).ifPresent(score -> json.put("recency", score));
        population.frequencyScore(profile).ifPresent(score -> json.put("frequency", score));
        population.monetaryScore(profile).ifPresent(score -> json.put("monetary", score));
        population.priceScore(profile).ifPresent(score -> json.put("price", score));
        return json;
    }
}
