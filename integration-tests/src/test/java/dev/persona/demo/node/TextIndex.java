package dev.persona.demo.node;

import com.fasterxml.jackson.databind.JsonNode;

import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.standard.StandardAnalyzer;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.StoredField;
import org.apache.lucene.document.TextField;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.DisjunctionMaxQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.store.ByteBuffersDirectory;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Products in memory, ranked by BM25 much as a cross_fields query of Elasticsearch ranks them:
 * every word in some field.
 */
public final class TextIndex {

    private final StandardAnalyzer analyzer = new StandardAnalyzer();
    private final IndexSearcher searcher;

    /**
     * @param products sources by id
     * @param fields text fields
     */
    public TextIndex(Map<String, JsonNode> products, List<String> fields) {
        try {
            ByteBuffersDirectory directory = new ByteBuffersDirectory();
            try (IndexWriter writer = new IndexWriter(directory, new IndexWriterConfig(analyzer))) {
                for (Map.Entry<String, JsonNode> product : products.entrySet()) {
                    Document document = new Document();
                    document.add(new StoredField("id", product.getKey()));
                    for (String field : fields) {
                        String text = product.getValue().path(field).asText();
                        document.add(new TextField(field, text, Field.Store.NO));
                    }
                    writer.addDocument(document);
                }
            }
            searcher = new IndexSearcher(DirectoryReader.open(directory));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Ids and scores, best first. */
    public Map<String, Double> search(String text, List<String> fields, int size) {
        try {
            BooleanQuery.Builder query = new BooleanQuery.Builder();
            for (String word : words(text)) {
                List<Query> anywhere = new ArrayList<>();
                fields.forEach(f -> anywhere.add(new TermQuery(new Term(f, word))));
                query.add(new DisjunctionMaxQuery(anywhere, 0), Occur.MUST);
            }
            Map<String, Double> hits = new LinkedHashMap<>();
            for (ScoreDoc hit : searcher.search(query.build(), size).scoreDocs) {
                String id = searcher.storedFields().document(hit.doc).get("id");
                hits.put(id, (double) hit.score);
            }
            return hits;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<String> words(String text) throws IOException {
        List<String> words = new ArrayList<>();
        try (TokenStream stream = analyzer.tokenStream("any", text)) {
            CharTermAttribute word = stream.addAttribute(CharTermAttribute.class);
            stream.reset();
            while (stream.incrementToken()) {
                words.add(word.toString());
            }
            stream.end();
        }
        return words;
    }
}
