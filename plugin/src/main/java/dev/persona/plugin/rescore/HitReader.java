package dev.persona.plugin.rescore;

import dev.persona.plugin.catalog.Catalog;
import dev.persona.plugin.catalog.CatalogSettings;
import dev.persona.ranking.feature.CatalogFields;
import dev.persona.ranking.feature.Feature;
import dev.persona.ranking.feature.FeatureSet;
import dev.persona.ranking.feature.Hits;

import org.apache.lucene.index.FloatVectorValues;
import org.apache.lucene.index.KnnVectorValues;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.ScoreDoc;
import org.elasticsearch.index.fielddata.IndexFieldData;
import org.elasticsearch.index.fielddata.IndexNumericFieldData;
import org.elasticsearch.index.fielddata.SortedBinaryDocValues;
import org.elasticsearch.index.fielddata.SortedNumericDoubleValues;
import org.elasticsearch.index.fieldvisitor.LeafStoredFieldLoader;
import org.elasticsearch.index.fieldvisitor.StoredFieldLoader;
import org.elasticsearch.index.mapper.DateFieldMapper;
import org.elasticsearch.index.mapper.MappedFieldType;
import org.elasticsearch.index.query.SearchExecutionContext;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Reads what a feature set needs to know of hits, from doc values and vectors, leaf by leaf. A
 * field that this index does not map is missing on all its hits.
 */
final class HitReader {
    private static final double NANOS_PER_MILLI = 1_000_000;

    private final CatalogFields fields;
    private final int factors;
    private final List<Column> columns;

    private HitReader(CatalogFields fields, int factors, List<Column> columns) {
        this.fields = fields;
        this.factors = factors;
        this.columns = columns;
    }

    /** Opens one column on a leaf. */
    private interface Column {
        Values open(LeafReaderContext leaf) throws IOException;
    }

    /** Copies the value of a document, which must come in rising order, to a hit. */
    private interface Values {
        void read(int docInLeaf, int hit, Hits into) throws IOException;
    }

    /**
     * A reader for the shards of one index.
     *
     * @param generation of the factors in use; what a product holds of another one is missing.
     *     Empty when there is none
     */
    static HitReader of(
            CatalogSettings settings,
            Optional<Catalog.Generation> generation,
            FeatureSet features,
            SearchExecutionContext index) {
        List<Column> columns = new ArrayList<>();
        if (features.needsPrice()) {
            settings.price()
                    .flatMap(field -> numeric(index, field))
                    .ifPresent(data -> columns.add(leaf -> numbers(data, leaf, Hits::price)));
        }
        if (features.has(Feature.Age.class)) {
            settings.createdAt().flatMap(field -> date(index, field)).ifPresent(columns::add);
        }
        for (int a = 0; a < settings.attributes().size(); a++) {
            int attribute = a;
            String field = settings.attributes().get(a);
            if (features.needsAttribute(field)) {
                fieldData(index, field)
                        .ifPresent(data -> columns.add(leaf -> texts(data, leaf, attribute)));
            }
        }
        generation.ifPresent(used -> learned(used, features, index, columns));
        if (features.needsIds()) {
            columns.add(HitReader::ids);
        }
        boolean vectors = features.needsVectors() && generation.isPresent();
        return new HitReader(settings.catalogFields(), vectors ? settings.factors() : 0, columns);
    }

    /** What a generation has learned of the products. */
    private static void learned(
            Catalog.Generation used,
            FeatureSet features,
            SearchExecutionContext index,
            List<Column> columns) {
        Optional<IndexNumericFieldData> number =
                numeric(index, Catalog.itemGenerationField(used.slot()));
        if (number.isEmpty()) {
            return;
        }
        List<Column> learned = new ArrayList<>();
        if (features.needsVectors()) {
            String field = Catalog.itemVectorField(used.slot());
            learned.add(leaf -> vectors(field, leaf));
        }
        if (features.has(Feature.ItemPopularity.class)) {
            numeric(index, Catalog.itemPopularityField(used.slot()))
                    .ifPresent(data -> learned.add(leaf -> numbers(data, leaf, Hits::popularity)));
        }
        if (features.has(Feature.ItemClickRate.class)) {
            numeric(index, Catalog.itemClickRateField(used.slot()))
                    .ifPresent(data -> learned.add(leaf -> numbers(data, leaf, Hits::clickRate)));
        }
        for (Column column : learned) {
            columns.add(leaf -> ofGeneration(used.number(), number.get(), column, leaf));
        }
    }

    /** Values of those documents only whose slot holds the generation. */
    private static Values ofGeneration(
            int wanted, IndexNumericFieldData number, Column column, LeafReaderContext leaf)
            throws IOException {
        var numbers = number.load(leaf).getLongValues();
        Values values = column.open(leaf);
        return (doc, hit, into) -> {
            if (numbers.advanceExact(doc) && numbers.nextValue() == wanted) {
                values.read(doc, hit, into);
            }
        };
    }

    /**
     * Reads hits.
     *
     * @param byDoc hits in rising order of their documents; their scores are those of the first
     *     pass
     * @param cancellation asked before each leaf; throws when the search is over
     */
    Hits read(ScoreDoc[] byDoc, IndexSearcher searcher, Runnable cancellation) throws IOException {
        Hits hits = new Hits(byDoc.length, fields, factors);
        int hit = 0;
        for (LeafReaderContext leaf : searcher.getIndexReader().leaves()) {
            int end = leaf.docBase + leaf.reader().maxDoc();
            int first = hit;
            while (hit < byDoc.length && byDoc[hit].doc < end) {
                hits.score(hit, byDoc[hit].score);
                hit++;
            }
            if (hit > first) {
                cancellation.run();
                for (Column column : columns) {
                    Values values = column.open(leaf);
                    for (int h = first; h < hit; h++) {
                        values.read(byDoc[h].doc - leaf.docBase, h, hits);
                    }
                }
            }
        }
        return hits;
    }

    private static Optional<IndexFieldData<?>> fieldData(
            SearchExecutionContext index, String field) {
        MappedFieldType type = index.getFieldType(field);
        return type == null
                ? Optional.empty()
                : Optional.of(index.getForField(type, MappedFieldType.FielddataOperation.SEARCH));
    }

    private static Optional<IndexNumericFieldData> numeric(
            SearchExecutionContext index, String field) {
        return fieldData(index, field)
                .filter(IndexNumericFieldData.class::isInstance)
                .map(IndexNumericFieldData.class::cast);
    }

    private static Optional<Column> date(SearchExecutionContext index, String field) {
        double unit =
                index.getFieldType(field) instanceof DateFieldMapper.DateFieldType date
                                && date.resolution() == DateFieldMapper.Resolution.NANOSECONDS
                        ? NANOS_PER_MILLI
                        : 1;
        return numeric(index, field).map(data -> leaf -> dates(data, leaf, unit));
    }

    /** Where a number of a hit goes. */
    private interface Setter {
        void set(Hits into, int hit, double value);
    }

    private static Values numbers(
            IndexNumericFieldData data, LeafReaderContext leaf, Setter setter) {
        SortedNumericDoubleValues values = data.load(leaf).getDoubleValues();
        return (doc, hit, into) -> {
            if (values.advanceExact(doc)) {
                setter.set(into, hit, values.nextValue());
            }
        };
    }

    private static Values dates(IndexNumericFieldData data, LeafReaderContext leaf, double unit) {
        var values = data.load(leaf).getLongValues();
        return (doc, hit, into) -> {
            if (values.advanceExact(doc)) {
                into.createdAt(hit, values.nextValue() / unit);
            }
        };
    }

    private static Values texts(IndexFieldData<?> data, LeafReaderContext leaf, int attribute) {
        SortedBinaryDocValues values = data.load(leaf).getBytesValues();
        return (doc, hit, into) -> {
            if (values.advanceExact(doc)) {
                String[] texts = new String[values.docValueCount()];
                for (int i = 0; i < texts.length; i++) {
                    texts[i] = values.nextValue().utf8ToString();
                }
                into.attribute(attribute, hit, texts);
            }
        };
    }

    private static Values vectors(String field, LeafReaderContext leaf) throws IOException {
        FloatVectorValues values = leaf.reader().getFloatVectorValues(field);
        if (values == null) {
            return (doc, hit, into) -> {};
        }
        KnnVectorValues.DocIndexIterator iterator = values.iterator();
        return (doc, hit, into) -> {
            int at = iterator.docID();
            if (at < doc) {
                at = iterator.advance(doc);
            }
            if (at == doc && at != DocIdSetIterator.NO_MORE_DOCS) {
                into.vector(hit, values.vectorValue(iterator.index()), 0);
            }
        };
    }

    private static Values ids(LeafReaderContext leaf) throws IOException {
        LeafStoredFieldLoader stored =
                StoredFieldLoader.create(false, Set.of()).getLoader(leaf, null);
        return (doc, hit, into) -> {
            stored.advanceTo(doc);
            into.id(hit, stored.id());
        };
    }
}
