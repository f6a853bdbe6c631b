package dev.persona.plugin.recommend;

import dev.persona.plugin.catalog.Catalog;
import dev.persona.plugin.follower.ProfileReader;
import dev.persona.plugin.generation.LearnedItems;
import dev.persona.plugin.json.Json;
import dev.persona.plugin.profile.ProfileDocument;
import dev.persona.plugin.pseudonym.Pseudonyms;
import dev.persona.plugin.segment.DerivedFields;
import dev.persona.plugin.segment.LoadedSegments;
import dev.persona.profiling.event.EventBatch;
import dev.persona.profiling.event.EventFormat;
import dev.persona.profiling.json.InvalidFieldException;
import dev.persona.profiling.profile.Profile;

import org.elasticsearch.action.ActionListener;
import org.elasticsearch.action.get.MultiGetItemResponse;
import org.elasticsearch.action.get.MultiGetRequest;
import org.elasticsearch.action.support.ThreadedActionListener;
import org.elasticsearch.client.internal.Client;
import org.elasticsearch.common.bytes.BytesReference;
import org.elasticsearch.common.xcontent.support.XContentMapValues;
import org.elasticsearch.search.fetch.subphase.FetchSourceContext;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.UnaryOperator;

/** Finds out what is known of whom a call recommends to. */
final class Seekers {
    private final Client client;
    private final Pseudonyms pseudonyms;
    private final LoadedSegments segments;
    private final Executor executor;

    /**
     * @param executor where profiles are parsed and folded in
     */
    Seekers(Client client, Pseudonyms pseudonyms, LoadedSegments segments, Executor executor) {
        this.client = client;
        this.pseudonyms = pseudonyms;
        this.segments = segments;
        this.executor = executor;
    }

    /** Gives whom a call is for; on the executor. */
    void find(
            Catalog catalog,
            RecommendCall call,
            Optional<LearnedItems> learned,
            List<String> indices,
            long now,
            ActionListener<Seeker> listener) {
        if (call.user().isPresent()) {
            new ProfileReader(client)
                    .read(
                            catalog,
                            catalog.storedNames(pseudonyms).apply(call.user().get()),
                            new ThreadedActionListener<>(
                                    executor,
                                    listener.map(
                                            found ->
                                                    found.flatMap(ProfileReader.Found::agreed)
                                                            .map(
                                                                    source ->
                                                                            user(
                                                                                    catalog, call,
                                                                                    learned, source,
                                                                                    now))
                                                            .orElse(Seeker.UNKNOWN))));
        } else if (call.session().isPresent()) {
            executor.execute(
                    () ->
                            ActionListener.completeWith(
                                    listener, () -> session(catalog, call, learned, now)));
        } else {
            items(catalog, call, learned, indices, listener);
        }
    }

    private Seeker user(
            Catalog catalog,
            RecommendCall call,
            Optional<LearnedItems> learned,
            BytesReference source,
            long now) {
        ProfileDocument document = ProfileDocument.read(source, catalog.settings().rules());
        Seeker seeker = Seeker.of(document.profile(), call.exclude(), learned, now);
        Optional<String> segment =
                segments.find(catalog)
                        .flatMap(
                                model ->
                                        DerivedFields.segment(
                                                model,
                                                catalog,
                                                document,
                                                seeker.shopper().interest(),
                                                now));
        return seeker.in(
                segment.map(name -> new Seeker.Segment(name, segments.favourites(catalog, name))));
    }

    private static Seeker session(
            Catalog catalog, RecommendCall call, Optional<LearnedItems> learned, long now) {
        Profile profile = new Profile(catalog.settings().rules());
        List<EventBatch.Received> events =
                EventBatch.read(
                        Json.bytes(call.session().orElseThrow()),
                        EventFormat.NATIVE,
                        false,
                        catalog.settings().eventRules(),
                        now,
                        UnaryOperator.identity());
        for (int i = 0; i < events.size(); i++) {
            switch (events.get(i)) {
                case EventBatch.Accepted accepted -> profile.apply(accepted.event());
                case EventBatch.Refused refused ->
                        throw Json.badRequest(
                                new InvalidFieldException(
                                        "session[" + i + "]." + refused.field(), refused.reason()));
            }
        }
        return Seeker.of(profile, call.exclude(), learned, now);
    }

    /** Items that no user has taken to yet may have a vector all the same, in their documents. */
    private void items(
            Catalog catalog,
            RecommendCall call,
            Optional<LearnedItems> learned,
            List<String> indices,
            ActionListener<Seeker> listener) {
        double weight = Math.max(catalog.settings().rules().heaviest(), 0);
        boolean known =
                learned.isPresent()
                        && call.items().stream()
                                .anyMatch(id -> learned.get().factors().items().indexOf(id) >= 0);
        if (known || catalog.factors().isEmpty() || indices.isEmpty()) {
            executor.execute(
                    () ->
                            ActionListener.completeWith(
                                    listener,
                                    () -> Seeker.of(call.items(), weight, learned, new float[0])));
            return;
        }
        String field = Catalog.itemVectorField(catalog.factors().get().slot());
        MultiGetRequest request = new MultiGetRequest();
        for (String index : indices) {
            for (String item : call.items()) {
                request.add(
                        new MultiGetRequest.Item(index, item)
                                .fetchSourceContext(
                                        FetchSourceContext.of(
                                                true, false, new String[] {field}, null)));
            }
        }
        client.multiGet(
                request,
                new ThreadedActionListener<>(
                        executor,
                        listener.map(
                                found ->
                                        Seeker.of(
                                                call.items(),
                                                weight,
                                                learned,
                                                mean(
                                                        found.getResponses(),
                                                        field,
                                                        catalog.settings().factors())))));
    }

    private static float[] mean(MultiGetItemResponse[] found, String field, int factors) {
        float[] sum = new float[factors];
        int count = 0;
        for (MultiGetItemResponse item : found) {
            if (!item.isFailed() && item.getResponse().isExists()) {
                Map<String, Object> source = item.getResponse().getSourceAsMap();
                if (XContentMapValues.extractValue(field, source) instanceof List<?> vector
                        && vector.size() == factors) {
                    for (int i = 0; i < factors; i++) {
                        sum[i] += ((Number) vector.get(i)).floatValue();
                    }
                    count++;
                }
            }
        }
        for (int i = 0; i < factors; i++) {
            sum[i] /= Math.max(count, 1);
        }
        return count == 0 ? new float[0] : sum;
    }
}
