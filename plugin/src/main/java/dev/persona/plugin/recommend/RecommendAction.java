package dev.persona.plugin.recommend;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.persona.plugin.catalog.Catalog;
import dev.persona.plugin.catalog.CatalogRequest;
import dev.persona.plugin.catalog.Catalogs;
import dev.persona.plugin.generation.LearnedItems;
import dev.persona.plugin.generation.LoadedGenerations;
import dev.persona.plugin.json.Json;
import dev.persona.plugin.json.JsonResponse;
import dev.persona.plugin.pseudonym.Pseudonyms;
import dev.persona.plugin.segment.LoadedSegments;
import dev.persona.profiling.json.InvalidFieldException;
import dev.persona.ranking.recommend.Relations;

import org.elasticsearch.ElasticsearchStatusException;
import org.elasticsearch.action.ActionListener;
import org.elasticsearch.action.ActionType;
import org.elasticsearch.action.search.SearchRequest;
import org.elasticsearch.action.support.ActionFilters;
import org.elasticsearch.action.support.HandledTransportAction;
import org.elasticsearch.action.support.SubscribableListener;
import org.elasticsearch.action.support.ThreadedActionListener;
import org.elasticsearch.client.internal.Client;
import org.elasticsearch.common.util.concurrent.EsExecutors;
import org.elasticsearch.index.query.QueryBuilders;
import org.elasticsearch.injection.guice.Inject;
import org.elasticsearch.rest.RestStatus;
import org.elasticsearch.search.SearchHit;
import org.elasticsearch.search.builder.SearchSourceBuilder;
import org.elasticsearch.tasks.Task;
import org.elasticsearch.threadpool.ThreadPool;
import org.elasticsearch.transport.TransportService;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;

/**
 * Recommends items: to a user, to somebody whose session is sent along, or such as are like other
 * items. Finds out what is known, asks all sources for candidates, orders them, and says why.
 */
public final class RecommendAction extends HandledTransportAction<CatalogRequest, JsonResponse> {
    /** Its name. */
    public static final ActionType<JsonResponse> TYPE =
            new ActionType<>("indices:data/read/persona/recommend");

    /** It is parsed on the thread that it arrives on. */
    private static final int MOST_BYTES = 1 << 20;

    private final Client client;
    private final Catalogs catalogs;
    private final LoadedGenerations generations;
    private final ThreadPool threadPool;
    private final Executor executor;
    private final Seekers seekers;

    /** Made by Elasticsearch. */
    @Inject
    public RecommendAction(
            TransportService transportService,
            ActionFilters actionFilters,
            Client client,
            Catalogs catalogs,
            Pseudonyms pseudonyms,
            LoadedGenerations generations,
            LoadedSegments segments,
            ThreadPool threadPool) {
        super(
                TYPE.name(),
                transportService,
                actionFilters,
                CatalogRequest::new,
                EsExecutors.DIRECT_EXECUTOR_SERVICE);
        this.client = client;
        this.catalogs = catalogs;
        this.generations = generations;
        this.threadPool = threadPool;
        this.executor = threadPool.executor(ThreadPool.Names.SEARCH_COORDINATION);
        this.seekers = new Seekers(client, pseudonyms, segments, executor);
    }

    @Override
    protected void doExecute(
            Task task, CatalogRequest request, ActionListener<JsonResponse> listener) {
        long started = threadPool.relativeTimeInMillis();
        Catalog catalog = catalogs.get(request.catalog());
        RecommendCall call = read(request);
        SubscribableListener.<Optional<LearnedItems>>newForked(l -> load(catalog, l))
                .<JsonResponse>andThen(
                        (l, learned) -> {
                            long now = threadPool.absoluteTimeInMillis();
                            seekers.find(
                                    catalog,
                                    call,
                                    learned,
                                    catalogs.productIndices(catalog.name()),
                                    now,
                                    l.delegateFailureAndWrap(
                                            (m, seeker) ->
                                                    new Recommending(
                                                                    catalog, call, learned, seeker,
                                                                    started)
                                                            .run(m)));
                        })
                .addListener(listener);
    }

    private static RecommendCall read(CatalogRequest request) {
        if (request.body().length() > MOST_BYTES) {
            throw new ElasticsearchStatusException(
                    "the body must be at most [{}] bytes, was [{}]",
                    RestStatus.REQUEST_ENTITY_TOO_LARGE,
                    MOST_BYTES,
                    request.body().length());
        }
        try {
            return RecommendCall.read(Json.readBody(request.body()));
        } catch (InvalidFieldException e) {
            throw Json.badRequest(e);
        }
    }

    private void load(Catalog catalog, ActionListener<Optional<LearnedItems>> listener) {
        if (catalog.factors().isEmpty()) {
            listener.onResponse(Optional.empty());
        } else {
            generations.load(catalog, catalog.factors().get(), listener.map(Optional::of));
        }
    }

    /** One call, once it is known whom it is for. */
    private final class Recommending {
        private final Catalog catalog;
        private final RecommendCall call;
        private final Optional<LearnedItems> learned;
        private final Seeker seeker;
        private final long started;
        private final Optional<Relations> relations;

        Recommending(
                Catalog catalog,
                RecommendCall call,
                Optional<LearnedItems> learned,
                Seeker seeker,
                long started) {
            this.catalog = catalog;
            this.call = call;
            this.learned = learned;
            this.seeker = seeker;
            this.started = started;
            this.relations =
                    learned.map(
                            items -> new Relations(items.related(), seeker.shopper().history()));
        }

        void run(ActionListener<JsonResponse> listener) {
            CandidateRanking ranking = new CandidateRanking(call, seeker, learned, relations);
            CandidateSearch search = new CandidateSearch(client, catalog, call, seeker);
            List<Candidate> nominated =
                    ranking
                            .ordered(
                                    Nominations.of(
                                            call, seeker, learned, relations, search.wanted()))
                            .stream()
                            .map(Recommended::candidate)
                            .toList();
            search.run(
                    nominated,
                    new ThreadedActionListener<>(
                            executor,
                            listener.delegateFailureAndWrap(
                                    (l, candidates) -> sources(ranking.best(candidates), l))));
        }

        /** Adds what the products say, if that is wanted. */
        private void sources(List<Recommended> best, ActionListener<JsonResponse> listener) {
            if (!call.source().fetchSource() || best.isEmpty()) {
                listener.onResponse(answer(best, Map.of()));
                return;
            }
            String[] ids = best.stream().map(one -> one.candidate().id()).toArray(String[]::new);
            SearchSourceBuilder search =
                    new SearchSourceBuilder()
                            .query(QueryBuilders.idsQuery().addIds(ids))
                            .fetchSource(call.source())
                            .size(ids.length);
            client.search(
                    new SearchRequest(catalog.name())
                            .source(search)
                            .allowPartialSearchResults(false),
                    listener.map(
                            found -> {
                                Map<String, SearchHit> hits = new HashMap<>();
                                for (SearchHit hit : found.getHits()) {
                                    hits.put(hit.getId(), hit);
                                }
                                return answer(best, hits);
                            }));
        }

        private JsonResponse answer(List<Recommended> best, Map<String, SearchHit> hits) {
            ObjectNode json = JsonNodeFactory.instance.objectNode();
            json.put("took", threadPool.relativeTimeInMillis() - started);
            call.user().ifPresent(user -> json.put("user", user));
            json.put("found", seeker.found());
            catalog.factors().ifPresent(used -> json.put("generation", used.number()));
            json.put("ranked_by", "blend");
            ArrayNode items = json.putArray("items");
            Reasons reasons = new Reasons(seeker, learned, relations);
            for (Recommended one : best) {
                ObjectNode item = items.addObject();
                item.put("item", one.candidate().id());
                item.put("_index", one.candidate().index());
                item.put("score", one.score());
                reasons.write(one.candidate(), item.putArray("sources"));
                if (call.explain()) {
                    explain(one, item.putObject("explanation"));
                }
                SearchHit hit = hits.get(one.candidate().id());
                if (hit != null && hit.hasSource()) {
                    item.set("_source", Json.readStored(hit.getSourceRef()));
                }
            }
            return new JsonResponse(json);
        }

        private void explain(Recommended one, ObjectNode json) {
            ObjectNode parts = json.putObject("parts");
            parts.put("interest", one.parts().interest());
            parts.put("co_occurrence", one.parts().related());
            parts.put("recent", one.parts().recent());
            parts.put("repeat", one.parts().repeat());
            ObjectNode of = json.putObject("made_of");
            of.put("interest", one.facts().interest());
            of.put("co_occurrence", one.facts().related());
            of.put("days_bought", one.facts().daysBought());
            of.put("recent", one.facts().demand().recent());
            of.put("trend", one.facts().demand().trend());
            of.put("repeat_rate", one.facts().demand().repeat());
        }
    }
}
