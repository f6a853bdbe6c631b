package dev.persona.plugin.rescore;

import org.apache.lucene.search.Explanation;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.TopDocs;
import org.elasticsearch.search.rescore.RescoreContext;
import org.elasticsearch.search.rescore.Rescorer;

/** Leaves hits as they are: there is nothing to personalize with. */
final class UnchangedRescorer implements Rescorer {
    static final UnchangedRescorer INSTANCE = new UnchangedRescorer();

    private UnchangedRescorer() {}

    @Override
    public TopDocs rescore(TopDocs hits, IndexSearcher searcher, RescoreContext context) {
        return hits;
    }

    @Override
    public Explanation explain(
            int doc, IndexSearcher searcher, RescoreContext context, Explanation source) {
        return source;
    }
}
