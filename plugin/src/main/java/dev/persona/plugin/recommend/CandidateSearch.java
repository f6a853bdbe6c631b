package dev.persona.plugin.recommend;

import dev.persona.plugin.catalog.Catalog;
import dev.persona.ranking.recommend.Source;

import org.elasticsearch.action.ActionListener;
import org.elasticsearch.action.search.MultiSearchRequest;
import org.elasticsearch.action.search.MultiSearchResponse;
import org.elasticsearch.action.search.SearchRequest;
import org.elasticsearch.client.internal.Client;
import org.elasticsearch.common.document.DocumentField;
import org.elasticsearch.index.query.BoolQueryBuilder;
import org.elasticsearch.index.query.QueryBuilders;
import org.elasticsearch.search.SearchHit;
import org.elasticsearch.search.builder.SearchSourceBuilder;
import org.elasticsearch.search.sort.FieldSortBuilder;
import org.elasticsearch.search.sort.SortOrder;
import org.elasticsearch.search.vectors.KnnSearchBuilder;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;

/**
 * Finds the candidates of all sources: first those that lie near the interest vector, and the best
 * of those in memory; then, should these be too few, what users take to most of all that the filter
 * lets through. Each search has the filter inside and leaves out what is excluded, so as long as
 * anything is left there is something to recommend.
 */
final class CandidateSearch {
    /** Candidates of a source; more for those who want more. */
    private static final int FEWEST = 100;

    private static final int PER_WANTED = 5;
    private static final int MOST = 2000;

    /** Of the search for neighbours: how many more are looked at than are wanted. */
    private static final double LOOKED_AT = 1.5;

    private final Client client;
    private final Catalog catalog;
    private final RecommendCall call;
    private final Seeker seeker;
    private final int wanted;
    private final Map<String, Candidate> candidates = new LinkedHashMap<>();

    CandidateSearch(Client client, Catalog catalog, RecommendCall call, Seeker seeker) {
        this.client = client;
        this.catalog = catalog;
        this.call = call;
        this.seeker = seeker;
        this.wanted = Math.min(Math.max(FEWEST, PER_WANTED * call.size()), MOST);
    }

    /** How many candidates of a source are looked at. */
    int wanted() {
        return wanted;
    }

    /**
     * Gives the candidates; maybe on a transport thread.
     *
     * @param nominated those from memory, the best first
     */
    void run(List<Candidate> nominated, ActionListener<Collection<Candidate>> listener) {
        Round first = new Round();
        catalog.factors().ifPresent(first::neighbours);
        first.nominated(nominated.subList(0, Math.min(wanted, nominated.size())));
        first.run(
                listener.delegateFailureAndWrap(
                        (l, nothing) -> {
                            if (isEnough()) {
                                l.onResponse(candidates.values());
                            } else {
                                fill(l);
                            }
                        }));
    }

    /** With diversity, those that are there may not be those that are wanted. */
    private boolean isEnough() {
        return candidates.size() >= call.size() && call.diversity().isEmpty();
    }

    private void fill(ActionListener<Collection<Candidate>> listener) {
        Round second = new Round();
        catalog.factors()
                .ifPresentOrElse(
                        used -> {
                            second.sorted(
                                    Source.TRENDING,
                                    Catalog.itemRecentField(used.slot()),
                                    SortOrder.DESC);
                            second.sorted(
                                    Source.POPULAR,
                                    Catalog.itemPopularityField(used.slot()),
                                    SortOrder.DESC);
                        },
                        second::newest);
        second.run(listener.map(nothing -> candidates.values()));
    }

    private boolean asks(Source source) {
        return call.sources().contains(source);
    }

    private BoolQueryBuilder allowed() {
        BoolQueryBuilder query = QueryBuilders.boolQuery();
        call.filter().ifPresent(query::filter);
        if (!seeker.excluded().isEmpty()) {
            query.mustNot(
                    QueryBuilders.idsQuery().addIds(seeker.excluded().toArray(String[]::new)));
        }
        return query;
    }

    /** Searches that go out together. */
    private final class Round {
        private final List<BiConsumer<SearchHit, Candidate>> readers = new ArrayList<>();
        private final MultiSearchRequest searches = new MultiSearchRequest();

        private void add(SearchSourceBuilder search, BiConsumer<SearchHit, Candidate> reader) {
            search.fetchSource(false).trackTotalHits(false);
            call.diversity().ifPresent(diversity -> search.docValueField(diversity.field()));
            searches.add(
                    new SearchRequest(catalog.name())
                            .source(search)
                            .allowPartialSearchResults(false));
            readers.add(reader);
        }

        private void neighbours(Catalog.Generation used) {
            float[] interest = seeker.shopper().interest();
            if (!asks(Source.INTEREST) || interest.length == 0) {
                return;
            }
            KnnSearchBuilder nearest =
                    new KnnSearchBuilder(
                            Catalog.itemVectorField(used.slot()),
                            interest,
                            wanted,
                            (int) (wanted * LOOKED_AT),
                            null,
                            null,
                            null);
            nearest.addFilterQuery(
                    allowed()
                            .filter(
                                    QueryBuilders.termQuery(
                                            Catalog.itemGenerationField(used.slot()),
                                            used.number())));
            add(
                    new SearchSourceBuilder().knnSearch(List.of(nearest)).size(wanted),
                    (hit, candidate) -> {
                        candidate.vectorProduct(product(hit.getScore()));
                        candidate.from(Source.INTEREST);
                    });
        }

        private void nominated(List<Candidate> known) {
            if (known.isEmpty()) {
                return;
            }
            Map<String, Set<Source>> sources = new HashMap<>();
            known.forEach(one -> sources.put(one.id(), one.sources()));
            add(
                    new SearchSourceBuilder()
                            .query(
                                    allowed()
                                            .filter(
                                                    QueryBuilders.idsQuery()
                                                            .addIds(
                                                                    sources.keySet()
                                                                            .toArray(
                                                                                    String[]
                                                                                            ::new))))
                            .size(known.size()),
                    (hit, candidate) -> sources.get(hit.getId()).forEach(candidate::from));
        }

        private void sorted(Source source, String field, SortOrder order) {
            if (asks(source)) {
                add(
                        new SearchSourceBuilder()
                                .query(allowed())
                                .sort(
                                        new FieldSortBuilder(field)
                                                .order(order)
                                                .unmappedType("float"))
                                .size(wanted),
                        (hit, candidate) -> candidate.from(source));
            }
        }

        /** While nothing has been learned, the newest products are as good as any. */
        private void newest() {
            catalog.settings()
                    .createdAt()
                    .ifPresentOrElse(
                            field -> sorted(Source.POPULAR, field, SortOrder.DESC),
                            () ->
                                    sorted(
                                            Source.POPULAR,
                                            FieldSortBuilder.DOC_FIELD_NAME,
                                            SortOrder.ASC));
        }

        private void run(ActionListener<Void> listener) {
            if (readers.isEmpty()) {
                listener.onResponse(null);
                return;
            }
            client.multiSearch(
                    searches,
                    listener.map(
                            found -> {
                                read(found);
                                return null;
                            }));
        }

        private void read(MultiSearchResponse found) throws Exception {
            for (int i = 0; i < readers.size(); i++) {
                MultiSearchResponse.Item item = found.getResponses()[i];
                if (item.isFailure()) {
                    throw item.getFailure();
                }
                for (SearchHit hit : item.getResponse().getHits()) {
                    readers.get(i)
                            .accept(
                                    hit,
                                    candidates.computeIfAbsent(
                                            hit.getId(),
                                            id -> new Candidate(hit.getIndex(), id, values(hit))));
                }
            }
        }

        private List<Object> values(SearchHit hit) {
            return call.diversity()
                    .map(diversity -> hit.field(diversity.field()))
                    .map(DocumentField::getValues)
                    .orElse(List.of());
        }
    }

    /** What a product was before Elasticsearch made a score of it that is above 0. */
    static double product(float score) {
        return score >= 1 ? score - 1 : 1 - 1 / (double) score;
    }
}
