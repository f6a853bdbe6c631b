package dev.persona.plugin.rescore;

import dev.persona.plugin.catalog.Catalog;
import dev.persona.plugin.catalog.CatalogSettings;
import dev.persona.plugin.json.Json;
import dev.persona.profiling.event.Event;
import dev.persona.profiling.event.EventType;
import dev.persona.profiling.event.ItemFacts;
import dev.persona.profiling.profile.Profile;
import dev.persona.ranking.feature.FeatureSet;
import dev.persona.ranking.feature.Viewer;

import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.search.Explanation;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.TopDocs;
import org.apache.lucene.search.TotalHits;
import org.apache.lucene.store.Directory;
import org.apache.lucene.tests.index.RandomIndexWriter;
import org.elasticsearch.core.CheckedConsumer;
import org.elasticsearch.index.fieldvisitor.StoredFieldLoader;
import org.elasticsearch.index.mapper.MapperService;
import org.elasticsearch.index.mapper.MapperServiceTestCase;
import org.elasticsearch.xcontent.XContentBuilder;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Re-orders hits of a random Lucene index and compares with scores made by hand. */
public class PersonalizeRescorerTests extends MapperServiceTestCase {
    private static final long NOW = 1_767_261_600_000L;
    private static final double DAY = 86_400_000;
    private static final float[] INTEREST = {1, -2};

    private static final CatalogSettings SETTINGS =
            CatalogSettings.parse(
                    Json.readText(
                            """
                            {"fields": {"price": "price", "created_at": "since",
                                        "attributes": ["brand"]}, "factors": 2}
                            """));

    private static final Forest FOREST =
            new Forest(
                    FeatureSet.parse(
                            Json.readText(
                                    """
                                    [{"name": "score", "source": "first_pass_score"},
                                     {"name": "price", "source": "price"},
                                     {"name": "age", "source": "age"},
                                     {"name": "brand", "source": "affinity", "attribute": "brand"},
                                     {"name": "dot", "source": "interest_dot"},
                                     {"name": "weight", "source": "item_weight"}]
                                    """)),
                    List.of(
                            new Forest.Stump(0, 5, 0.25, 0.5),
                            new Forest.Stump(1, Math.log(20), -1, 2),
                            new Forest.Stump(2, 10, 0.125, -4),
                            new Forest.Stump(3, 0.5, 0, 8),
                            new Forest.Stump(4, 0, -16, 16),
                            new Forest.Stump(5, 0.5, 0, 32)));

    /** A product; null where it has no value. */
    private record Product(String id, Double price, Long since, String brand, float[] vector) {
        /** Its features, from their definitions, for a user who likes acme and has p0. */
        double[] row(float firstPass, boolean mapped) {
            return new double[] {
                firstPass,
                mapped && price != null ? (float) Math.log(price) : Double.NaN,
                mapped && since != null ? (float) ((NOW - since) / DAY) : Double.NaN,
                mapped && brand != null ? (brand.equals("acme") ? 0.75 : 0.25) : Double.NaN,
                mapped && vector != null
                        ? INTEREST[0] * vector[0] + INTEREST[1] * vector[1]
                        : Double.NaN,
                id.equals("p0") ? 3 : 0
            };
        }

        void write(XContentBuilder json) throws IOException {
            if (price != null) {
                json.field("price", price);
            }
            if (since != null) {
                json.field("since", since);
            }
            if (brand != null) {
                json.field("brand", brand);
            }
            if (vector != null) {
                json.startObject("persona")
                        .array("vector_a", vector[0], vector[1])
                        .field("generation_a", GENERATION.number())
                        .endObject();
            }
        }
    }

    private static final Catalog.Generation GENERATION = new Catalog.Generation(7, "a");

    private static Product product(int number) {
        return new Product(
                "p" + number,
                rarely() ? null : randomDoubleBetween(1, 40, true),
                rarely() ? null : NOW - (long) (randomDoubleBetween(0, 20, true) * DAY),
                rarely() ? null : randomFrom("acme", "bolt"),
                randomBoolean()
                        ? null
                        : new float[] {
                            (float) randomDoubleBetween(-1, 1, true),
                            (float) randomDoubleBetween(-1, 1, true)
                        });
    }

    private static Viewer viewer() {
        Profile profile = new Profile(SETTINGS.rules());
        profile.apply(event("p0", EventType.FAVORITE, "acme"));
        profile.apply(event("p-none", EventType.VIEW, "bolt"));
        return new Viewer(profile, INTEREST, NOW);
    }

    private static Event event(String item, EventType type, String brand) {
        return new Event(
                item,
                "u1",
                type,
                NOW,
                List.of(item),
                new float[0],
                Event.Origin.UNKNOWN,
                Event.Amount.ONE,
                new ItemFacts(Map.of("brand", List.of(brand)), Double.NaN),
                Event.Note.NONE);
    }

    private MapperService mapped() throws IOException {
        return createMapperService(
                """
                {"_doc": {"properties": {
                    "price": {"type": "double"}, "since": {"type": "date"},
                    "brand": {"type": "keyword"},
                    "persona": {"properties": {"generation_a": {"type": "integer"},
                        "vector_a": {"type": "dense_vector", "dims": 2,
                        "index": true, "similarity": "max_inner_product"}}}}}}
                """);
    }

    private MapperService unmapped() throws IOException {
        return createMapperService("{\"_doc\": {\"dynamic\": false, \"properties\": {}}}");
    }

    /** An index of products, and a first pass over it. */
    private final class Shop {
        private final Map<String, Product> products = new HashMap<>();
        private final MapperService mapper;
        private IndexSearcher searcher;
        private Product[] byDoc;

        Shop(MapperService mapper, int size) {
            this.mapper = mapper;
            for (int i = 0; i < size; i++) {
                products.put("p" + i, product(i));
            }
        }

        void open(CheckedConsumer<Shop, IOException> test) throws IOException {
            try (Directory directory = newDirectory();
                    RandomIndexWriter writer = new RandomIndexWriter(random(), directory)) {
                index(writer);
                try (DirectoryReader reader = writer.getReader()) {
                    searcher = newSearcher(reader);
                    byDoc = read(reader);
                    test.accept(this);
                }
            }
        }

        private void index(RandomIndexWriter writer) throws IOException {
            for (Product product : products.values()) {
                writer.addDocument(
                        mapper.documentMapper()
                                .parse(source(product.id(), product::write, null))
                                .rootDoc());
                if (rarely()) {
                    writer.commit();
                }
            }
        }

        private Product[] read(DirectoryReader reader) throws IOException {
            Product[] found = new Product[reader.maxDoc()];
            for (var leaf : reader.leaves()) {
                var stored = StoredFieldLoader.create(false, Set.of()).getLoader(leaf, null);
                for (int doc = 0; doc < leaf.reader().maxDoc(); doc++) {
                    stored.advanceTo(doc);
                    found[leaf.docBase + doc] = products.get(stored.id());
                }
            }
            return found;
        }

        /** Some or all documents with falling scores, many of them equal. */
        TopDocs firstPass() {
            List<ScoreDoc> hits = new ArrayList<>();
            for (int doc = 0; doc < byDoc.length; doc++) {
                if (!rarely()) {
                    hits.add(new ScoreDoc(doc, between(1, 20) / 2f));
                }
            }
            hits.sort(
                    Comparator.<ScoreDoc>comparingDouble(hit -> -hit.score)
                            .thenComparingInt(hit -> hit.doc));
            return new TopDocs(
                    new TotalHits(hits.size(), TotalHits.Relation.EQUAL_TO),
                    hits.toArray(ScoreDoc[]::new));
        }

        PersonalizeRescorer.Context context(int window, Optional<Catalog.Generation> generation) {
            return new PersonalizeRescorer.Context(
                    window,
                    FOREST.load(),
                    viewer(),
                    HitReader.of(
                            SETTINGS,
                            generation,
                            FOREST.features(),
                            createSearchExecutionContext(mapper, searcher)));
        }

        ScoreDoc[] rescore(TopDocs top, PersonalizeRescorer.Context context) throws IOException {
            return PersonalizeRescorer.INSTANCE.rescore(copy(top), searcher, context).scoreDocs;
        }

        float expected(ScoreDoc hit, boolean mapped) {
            double score = FOREST.score(byDoc[hit.doc].row(hit.score, mapped));
            return (float) (score - FOREST.lowest() + 1);
        }
    }

    private static TopDocs copy(TopDocs top) {
        return new TopDocs(
                top.totalHits,
                Arrays.stream(top.scoreDocs)
                        .map(hit -> new ScoreDoc(hit.doc, hit.score))
                        .toArray(ScoreDoc[]::new));
    }

    private static int[] docs(ScoreDoc[] hits) {
        return Arrays.stream(hits).mapToInt(hit -> hit.doc).toArray();
    }

    public void testTheWindowIsOrderedByTheModelAndThenByTheFirstPass() throws IOException {
        new Shop(mapped(), between(1, 60))
                .open(
                        shop -> {
                            TopDocs top = shop.firstPass();
                            int window = between(1, 70);

                            ScoreDoc[] result =
                                    shop.rescore(
                                            top, shop.context(window, Optional.of(GENERATION)));

                            int inside = Math.min(window, top.scoreDocs.length);
                            ScoreDoc[] expected = Arrays.copyOf(top.scoreDocs, inside);
                            // A stable sort keeps the places of the first pass.
                            Arrays.sort(
                                    expected,
                                    Comparator.comparingDouble(hit -> -shop.expected(hit, true)));
                            assertArrayEquals(docs(expected), docs(Arrays.copyOf(result, inside)));
                            for (int i = 0; i < inside; i++) {
                                assertEquals(
                                        shop.expected(expected[i], true), result[i].score, 1e-6f);
                            }
                        });
    }

    public void testHitsOutsideTheWindowStayBelowItInTheirOrder() throws IOException {
        new Shop(mapped(), between(10, 60))
                .open(
                        shop -> {
                            TopDocs top = shop.firstPass();
                            int window = between(1, top.scoreDocs.length);

                            ScoreDoc[] result =
                                    shop.rescore(
                                            top, shop.context(window, Optional.of(GENERATION)));

                            assertArrayEquals(
                                    Arrays.copyOfRange(docs(top.scoreDocs), window, result.length),
                                    Arrays.copyOfRange(docs(result), window, result.length));
                            for (int i = 1; i < result.length; i++) {
                                assertTrue(result[i - 1].score >= result[i].score);
                            }
                            if (window < result.length) {
                                assertTrue(result[window - 1].score > result[window].score);
                            }
                        });
    }

    public void testFieldsThatAnIndexDoesNotMapAreMissingThere() throws IOException {
        new Shop(unmapped(), between(1, 30))
                .open(
                        shop -> {
                            TopDocs top = shop.firstPass();

                            ScoreDoc[] result =
                                    shop.rescore(top, shop.context(100, Optional.of(GENERATION)));

                            Map<Integer, Float> scores = new HashMap<>();
                            for (ScoreDoc hit : result) {
                                scores.put(hit.doc, hit.score);
                            }
                            for (ScoreDoc hit : top.scoreDocs) {
                                assertEquals(shop.expected(hit, false), scores.get(hit.doc), 1e-6f);
                            }
                        });
    }

    public void testVectorsOfAnotherSlotOrGenerationAreNotRead() throws IOException {
        new Shop(mapped(), 20)
                .open(
                        shop -> {
                            for (Optional<Catalog.Generation> other :
                                    List.of(
                                            Optional.<Catalog.Generation>empty(),
                                            Optional.of(new Catalog.Generation(7, "b")),
                                            Optional.of(new Catalog.Generation(8, "a")))) {
                                TopDocs top = shop.firstPass();
                                var context = shop.context(100, other);
                                shop.rescore(top, context);
                                for (ScoreDoc hit : top.scoreDocs) {
                                    assertEquals(
                                            "missing", shown(explain(shop, context, hit), "dot"));
                                }
                            }
                        });
    }

    private static Explanation explain(Shop shop, PersonalizeRescorer.Context context, ScoreDoc hit)
            throws IOException {
        return PersonalizeRescorer.INSTANCE.explain(
                hit.doc, shop.searcher, context, Explanation.match(hit.score, "query"));
    }

    /** What an explanation says that a feature was. */
    private static String shown(Explanation explanation, String feature) {
        return Arrays.stream(explanation.getDetails())
                .map(Explanation::getDescription)
                .filter(text -> text.startsWith(feature + " = "))
                .map(text -> text.substring(feature.length() + 3))
                .findFirst()
                .orElseThrow();
    }

    public void testAnExplanationAddsUpToTheScoreAndShowsEachFeature() throws IOException {
        new Shop(mapped(), between(1, 30))
                .open(
                        shop -> {
                            TopDocs top = shop.firstPass();
                            var context = shop.context(100, Optional.of(GENERATION));
                            shop.rescore(top, context);

                            for (ScoreDoc hit : top.scoreDocs) {
                                Explanation explanation = explain(shop, context, hit);
                                double sum = 0;
                                for (Explanation detail : explanation.getDetails()) {
                                    sum += detail.getValue().doubleValue();
                                }
                                float score = shop.expected(hit, true);
                                assertEquals(score, explanation.getValue().floatValue(), 1e-5f);
                                assertEquals(score, sum, 1e-5);
                                Double price = shop.byDoc[hit.doc].price();
                                assertEquals(
                                        price == null
                                                ? "missing"
                                                : Float.toString((float) Math.log(price)),
                                        shown(explanation, "price"));
                            }
                        });
    }

    public void testAHitOutsideTheWindowIsExplainedAsThat() throws IOException {
        new Shop(mapped(), 20)
                .open(
                        shop -> {
                            TopDocs top = shop.firstPass();
                            var context = shop.context(1, Optional.of(GENERATION));
                            ScoreDoc[] result = shop.rescore(top, context);
                            ScoreDoc hit = top.scoreDocs[between(1, result.length - 1)];

                            Explanation explanation = explain(shop, context, hit);

                            assertEquals(
                                    "outside the window, below all hits inside",
                                    explanation.getDescription());
                            float score =
                                    Arrays.stream(result)
                                            .filter(h -> h.doc == hit.doc)
                                            .findFirst()
                                            .orElseThrow()
                                            .score;
                            assertEquals(score, explanation.getValue().floatValue(), 0);
                        });
    }

    public void testNoScoreIsNegativeAndEveryScoreOutsideIsBelowEveryForest() throws IOException {
        float lower = randomFrom(0f, 0.5f, 10f, 1e6f, 1.7e9f, 1e30f);
        float higher = lower * 1.01f + Float.MIN_NORMAL;

        assertTrue(PersonalizeRescorer.outside(lower) < PersonalizeRescorer.outside(higher));
        assertTrue(PersonalizeRescorer.outside(Float.MAX_VALUE) < 1e-10f);
        assertEquals(0, PersonalizeRescorer.outside(0), 0);
        assertEquals(0, PersonalizeRescorer.outside(-between(0, 9)), 0);
        assertEquals(FOREST.lowest(), FOREST.load().lowestScore(), 0);
    }
}
