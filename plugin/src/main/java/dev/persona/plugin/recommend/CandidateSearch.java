package dev.persona.plugin.recommend;

import dev.persona.plugin.catalog.Catalog;
import dev.persona.plugin.generation.LearnedItems;
import dev.persona.plugin.json.Json;
import dev.persona.profiling.profile.BoughtItem;
import dev.persona.ranking.recommend.Relations;
import dev.persona.ranking.recommend.Source;

import org.elasticsearch.action.ActionListener;
import org.elasticsearch.action.search.MultiSearchRequest;
import org.elasticsearch.action.search.MultiSearchResponse;
import org.elasticsearch.action.search.SearchRequest;
import org.elasticsearch.client.internal.Client;
import org.elasticsearch.common.document.DocumentField;
import org.elasticsearch.index.query.BoolQueryBuilder;
import org.elasticsearch.index.query.QueryBuilder;
import org.elasticsearch.index.query.QueryBuilders;
import org.elasticsearch.index.query.WrapperQueryBuilder;
import org.elasticsearch.search.SearchHit;
import org.elasticsearch.search.builder.SearchSourceBuilder;
import org.elasticsearch.search.sort.FieldSortBuilder;
import org.elasticsearch.search.sort.SortOrder;
import org.elasticsearch.search.vectors.KnnSearchBuilder;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;

/**
 * Finds the candidates of all sources by one round of searches: each search has the filter inside,
 * and leaves out what is excluded, so that no source runs dry.
 */
final class CandidateSearch {
    /** Candidates of a source; more for those who want more. */
    private static final int FEWEST = 100;

    private static final int PER_WANTED = 5;
    private static final int MOST = 2000;
    private static final int MOST_BOUGHT = 200;

    /** Of the search for neighbours: how many more are looked at than are wanted. */
    private static final double LOOKED_AT = 1.5;

    private final Client client;
    private final Catalog catalog;
    private final RecommendCall call;
    private final Seeker seeker;
    private final Optional<Relations> relations;
    private final int wanted;
    private final List<BiConsumer<SearchHit, Candidate>> readers = new ArrayList<>();
    private final MultiSearchRequest searches = new MultiSearchRequest();

    CandidateSearch(
            Client client,
            Catalog catalog,
            RecommendCall call,
            Seeker seeker,
            Optional<Relations> relations) {
        this.client = client;
        this.catalog = catalog;
        this.call = call;
        this.seeker = seeker;
        this.relations = relations;
        this.wanted = Math.min(Math.max(FEWEST, PER_WANTED * call.size()), MOST);
    }

    /** Gives the candidates by id; maybe on a transport thread. */
    void run(Optional<LearnedItems> learned, ActionListener<Map<String, Candidate>> listener) {
        if (learned.isPresent()) {
            Catalog.Generation used = catalog.factors().orElseThrow();
            neighbours(used);
            known();
            sorted(Source.TRENDING, Catalog.itemRecentField(used.slot()), SortOrder.DESC);
            sorted(Source.POPULAR, Catalog.itemPopularityField(used.slot()), SortOrder.DESC);
        } else {
            known();
            newest();
        }
        if (readers.isEmpty()) {
            listener.onResponse(Map.of());
            return;
        }
        client.multiSearch(searches, listener.map(this::read));
    }

    private boolean asks(Source source) {
        return call.sources().contains(source);
    }

    private BoolQueryBuilder allowed() {
        BoolQueryBuilder query = QueryBuilders.boolQuery();
        call.filter().ifPresent(filter -> query.filter(wrapped(Json.bytes(filter))));
        if (!seeker.excluded().isEmpty()) {
            query.mustNot(
                    QueryBuilders.idsQuery().addIds(seeker.excluded().toArray(String[]::new)));
        }
        return query;
    }

    private static QueryBuilder wrapped(byte[] query) {
        return new WrapperQueryBuilder(query);
    }

    private void add(SearchSourceBuilder search, BiConsumer<SearchHit, Candidate> reader) {
        search.fetchSource(false).trackTotalHits(false);
        call.diversity().ifPresent(diversity -> search.docValueField(diversity.field()));
        searches.add(
                new SearchRequest(catalog.name()).source(search).allowPartialSearchResults(false));
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
                                        Catalog.itemGenerationField(used.slot()), used.number())));
        add(
                new SearchSourceBuilder().knnSearch(List.of(nearest)).size(wanted),
                (hit, candidate) -> {
                    candidate.vectorProduct(product(hit.getScore()));
                    candidate.from(Source.INTEREST);
                });
    }

    /** What a product was before Elasticsearch made a score of it that is above 0. */
    static double product(float score) {
        return score >= 1 ? score - 1 : 1 - 1 / (double) score;
    }

    /** What is known by id: related items, and what was bought. */
    private void known() {
        Set<String> related = new LinkedHashSet<>();
        Set<String> bought = new LinkedHashSet<>();
        if (asks(Source.CO_OCCURRENCE)) {
            relations.ifPresent(all -> related.addAll(all.closest(wanted)));
        }
        if (asks(Source.REPEAT)) {
            bought.addAll(mostBought(seeker.shopper().bought().values()));
        }
        related.removeAll(seeker.excluded());
        bought.removeAll(seeker.excluded());
        Set<String> ids = new LinkedHashSet<>(related);
        ids.addAll(bought);
        if (ids.isEmpty()) {
            return;
        }
        add(
                new SearchSourceBuilder()
                        .query(
                                allowed()
                                        .filter(
                                                QueryBuilders.idsQuery()
                                                        .addIds(ids.toArray(String[]::new))))
                        .size(ids.size()),
                (hit, candidate) -> {
                    if (related.contains(hit.getId())) {
                        candidate.from(Source.CO_OCCURRENCE);
                    }
                    if (bought.contains(hit.getId())) {
                        candidate.from(Source.REPEAT);
                    }
                });
    }

    private static List<String> mostBought(Collection<BoughtItem> items) {
        return items.stream()
                .sorted(
                        Comparator.comparingInt((BoughtItem item) -> -item.days())
                                .thenComparingInt(item -> -item.lastDay())
                                .thenComparing(BoughtItem::item))
                .limit(MOST_BOUGHT)
                .map(BoughtItem::item)
                .toList();
    }

    private void sorted(Source source, String field, SortOrder order) {
        if (asks(source)) {
            add(
                    new SearchSourceBuilder()
                            .query(allowed())
                            .sort(new FieldSortBuilder(field).order(order).unmappedType("float"))
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

    private Map<String, Candidate> read(MultiSearchResponse found) throws Exception {
        Map<String, Candidate> candidates = new LinkedHashMap<>();
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
        return candidates;
    }

    private List<Object> values(SearchHit hit) {
        return call.diversity()
                .map(diversity -> hit.field(diversity.field()))
                .map(DocumentField::getValues)
                .orElse(List.of());
    }
}
