package dev.persona.plugin.task;

import org.elasticsearch.action.search.ClosePointInTimeRequest;
import org.elasticsearch.action.search.OpenPointInTimeRequest;
import org.elasticsearch.action.search.SearchRequest;
import org.elasticsearch.action.search.SearchResponse;
import org.elasticsearch.action.search.TransportClosePointInTimeAction;
import org.elasticsearch.action.search.TransportOpenPointInTimeAction;
import org.elasticsearch.client.internal.Client;
import org.elasticsearch.client.internal.ParentTaskAssigningClient;
import org.elasticsearch.common.bytes.BytesReference;
import org.elasticsearch.core.TimeValue;
import org.elasticsearch.index.query.QueryBuilder;
import org.elasticsearch.search.SearchHit;
import org.elasticsearch.search.builder.PointInTimeBuilder;
import org.elasticsearch.search.builder.SearchSourceBuilder;

import java.util.function.Consumer;

/**
 * Goes over all documents of an index that match a search, page by page at one point in time. Waits
 * for each page, so it is for the threads of jobs only.
 */
public final class IndexScan {
    private static final TimeValue KEEP_ALIVE = TimeValue.timeValueMinutes(10);
    private static final int PAGE = 5_000;

    private final Client client;

    /** Is told how far a scan has come. */
    @FunctionalInterface
    public interface Progress {
        /** So many documents are done, of so many. */
        void done(long done, long total);
    }

    /** A scan on behalf of whom the client acts for. */
    public IndexScan(Client client) {
        this.client = client;
    }

    /**
     * Goes over the documents.
     *
     * @param index index or alias
     * @param search query, sort and what to fetch; size and paging are set here
     * @param job told about the progress; stops the scan when cancelled
     * @param phase what the job calls this
     * @param each given every document once, in the order of the sort
     */
    public void run(
            String index,
            SearchSourceBuilder search,
            JobTask job,
            String phase,
            Consumer<SearchHit> each) {
        run(index, search, (done, total) -> job.progress(phase, done, total), each);
    }

    /**
     * Goes over the documents.
     *
     * @param index index or alias
     * @param search query, sort and what to fetch; size and paging are set here
     * @param progress told after each page how many documents are done, and of how many; may throw
     *     to stop the scan
     * @param each given every document once, in the order of the sort
     */
    public void run(
            String index, SearchSourceBuilder search, Progress progress, Consumer<SearchHit> each) {
        client.admin().indices().prepareRefresh(index).get();
        BytesReference pit =
                client.execute(
                                TransportOpenPointInTimeAction.TYPE,
                                new OpenPointInTimeRequest(index).keepAlive(KEEP_ALIVE))
                        .actionGet()
                        .getPointInTimeId();
        try {
            pages(pit, search, progress, each);
        } finally {
            // Not as a child of the job's task: a cancelled one may send nothing any more.
            Client free = client instanceof ParentTaskAssigningClient of ? of.unwrap() : client;
            free.execute(TransportClosePointInTimeAction.TYPE, new ClosePointInTimeRequest(pit))
                    .actionGet();
        }
    }

    /** Counts the documents of an index that match a query, as of now. */
    public long count(String index, QueryBuilder query) {
        client.admin().indices().prepareRefresh(index).get();
        SearchResponse found =
                client.prepareSearch(index)
                        .setSize(0)
                        .setTrackTotalHits(true)
                        .setQuery(query)
                        .get();
        try {
            return found.getHits().getTotalHits().value();
        } finally {
            found.decRef();
        }
    }

    private void pages(
            BytesReference pit,
            SearchSourceBuilder search,
            Progress progress,
            Consumer<SearchHit> each) {
        search.size(PAGE)
                .trackTotalHits(true)
                .pointInTimeBuilder(new PointInTimeBuilder(pit).setKeepAlive(KEEP_ALIVE));
        long done = 0;
        while (true) {
            SearchResponse response =
                    client.search(
                                    new SearchRequest()
                                            .source(search)
                                            .allowPartialSearchResults(false))
                            .actionGet();
            try {
                SearchHit[] hits = response.getHits().getHits();
                for (SearchHit hit : hits) {
                    each.accept(hit);
                }
                done += hits.length;
                progress.done(done, response.getHits().getTotalHits().value());
                if (hits.length < PAGE) {
                    return;
                }
                search.searchAfter(hits[hits.length - 1].getSortValues());
            } finally {
                response.decRef();
            }
        }
    }
}
