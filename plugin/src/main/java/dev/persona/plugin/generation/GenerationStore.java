package dev.persona.plugin.generation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.persona.plugin.catalog.CompanionIndices;
import dev.persona.plugin.json.Json;
import dev.persona.plugin.loading.Memory;
import dev.persona.plugin.loading.SharedLoading;
import dev.persona.plugin.task.IndexScan;
import dev.persona.profiling.factorization.AlsParameters;
import dev.persona.ranking.signal.TrainingWindow;

import org.apache.lucene.util.BytesRef;
import org.elasticsearch.ElasticsearchException;
import org.elasticsearch.ResourceNotFoundException;
import org.elasticsearch.action.ActionListener;
import org.elasticsearch.action.bulk.BulkItemResponse;
import org.elasticsearch.action.bulk.BulkRequest;
import org.elasticsearch.action.delete.DeleteRequest;
import org.elasticsearch.action.get.GetRequest;
import org.elasticsearch.action.get.GetResponse;
import org.elasticsearch.action.support.ThreadedActionListener;
import org.elasticsearch.client.internal.Client;
import org.elasticsearch.common.bytes.BytesArray;
import org.elasticsearch.common.bytes.BytesReference;
import org.elasticsearch.common.bytes.CompositeBytesReference;
import org.elasticsearch.common.io.stream.BytesStreamOutput;
import org.elasticsearch.common.io.stream.StreamInput;
import org.elasticsearch.core.Releasable;
import org.elasticsearch.index.query.QueryBuilders;
import org.elasticsearch.search.builder.SearchSourceBuilder;
import org.elasticsearch.xcontent.XContentType;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.zip.CRC32C;

/**
 * Stores what a generation has learned in the state index of its catalog: a card that people can
 * read, and the rest in parts. The card is written last, so a generation that has one is whole.
 */
public final class GenerationStore {
    private static final String CARD = "factors";
    private static final String PART = "factors_part";
    private static final int BYTES_PER_PART = 4 << 20;

    private final Client client;

    /** Reads and writes on behalf of whom the client acts for. */
    public GenerationStore(Client client) {
        this.client = client;
    }

    private static String cardId(int number) {
        return "factors-" + number;
    }

    private static String partId(int number, int part) {
        return cardId(number) + "-" + part;
    }

    /**
     * Stores a generation; waits for it.
     *
     * @param card what there is to say of it
     */
    public void store(String catalog, int number, LearnedItems items, ObjectNode card) {
        String index = CompanionIndices.state(catalog);
        BytesReference bytes = written(items);
        CRC32C checksum = new CRC32C();
        int parts = 0;
        for (int from = 0; from < bytes.length(); from += BYTES_PER_PART) {
            BytesRef part =
                    bytes.slice(from, Math.min(BYTES_PER_PART, bytes.length() - from)).toBytesRef();
            checksum.update(part.bytes, part.offset, part.length);
            byte[] source =
                    Json.smile(
                            json -> {
                                json.writeStartObject();
                                json.writeStringField("kind", PART);
                                json.writeFieldName("data");
                                json.writeBinary(part.bytes, part.offset, part.length);
                                json.writeEndObject();
                            });
            client.index(
                            CompanionIndices.write(index, partId(number, parts))
                                    .source(source, XContentType.SMILE))
                    .actionGet();
            parts++;
        }
        ObjectNode json = card.deepCopy();
        json.put("kind", CARD);
        json.put("parts", parts);
        json.put("stored_bytes", bytes.length());
        json.put("heap_bytes", items.bytes());
        json.put("checksum", checksum.getValue());
        client.index(
                        CompanionIndices.write(index, cardId(number))
                                .source(Json.bytes(json), XContentType.JSON))
                .actionGet();
    }

    private static BytesReference written(LearnedItems items) {
        try (BytesStreamOutput out = new BytesStreamOutput()) {
            items.writeTo(out);
            return out.bytes();
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory", e);
        }
    }

    /** How a generation was made; waits for it. */
    public AlsParameters parameters(String catalog, int number) {
        JsonNode json = storedParameters(catalog, number);
        return new AlsParameters(
                json.path("factors").asInt(),
                json.path("iterations").asInt(),
                json.path("regularization").asDouble(),
                json.path("alpha").asDouble(),
                json.path("seed").asLong(),
                json.path("scale_regularization").asBoolean(),
                json.path("conjugate_gradient_steps").asInt());
    }

    /** Which events a generation was learned from; waits for it. */
    public TrainingWindow window(String catalog, int number) {
        return TrainingWindowJson.read(storedParameters(catalog, number));
    }

    private JsonNode storedParameters(String catalog, int number) {
        GetResponse found =
                client.prepareGet(CompanionIndices.state(catalog), cardId(number)).get();
        if (!found.isExists()) {
            throw new ResourceNotFoundException(
                    "[{}] has no generation [{}] of the factors", catalog, number);
        }
        return Json.readStored(found.getSourceAsBytesRef()).path("parameters");
    }

    /** Removes all generations but some, and what trainings that failed have left; waits for it. */
    public void removeOthers(String catalog, Set<Integer> kept) {
        String index = CompanionIndices.state(catalog);
        BulkRequest bulk = new BulkRequest();
        new IndexScan(client)
                .run(
                        index,
                        new SearchSourceBuilder()
                                .query(QueryBuilders.termsQuery("kind", CARD, PART))
                                .fetchSource(false)
                                .sort("_shard_doc"),
                        (done, total) -> {},
                        hit -> {
                            if (!kept.contains(number(hit.getId()))) {
                                bulk.add(
                                        new DeleteRequest(
                                                CompanionIndices.writeAlias(index), hit.getId()));
                            }
                        });
        if (bulk.numberOfActions() == 0) {
            return;
        }
        for (BulkItemResponse item : client.bulk(bulk).actionGet()) {
            if (item.isFailed()) {
                throw new ElasticsearchException(
                        "an old generation cannot be removed", item.getFailure().getCause());
            }
        }
    }

    /** The number in the id of a card or a part. */
    private static int number(String id) {
        return Integer.parseInt(id.split("-")[1]);
    }

    /**
     * Reads a generation without waiting.
     *
     * @param memory what it takes up is taken from there first
     * @param executor where it is parsed
     * @param listener fails with a 404 when there is none
     */
    void read(
            String catalog,
            int number,
            Memory memory,
            Executor executor,
            ActionListener<SharedLoading.Held<LearnedItems>> listener) {
        get(
                catalog,
                cardId(number),
                listener.delegateFailureAndWrap(
                        (l, source) -> {
                            JsonNode card = Json.readStored(source);
                            Releasable held =
                                    memory.take(
                                            card.path("heap_bytes").asLong()
                                                    + card.path("stored_bytes").asLong(),
                                            "generation [" + number + "] of [" + catalog + "]");
                            new Reading(catalog, number, card, executor)
                                    .next(
                                            l.delegateResponse(
                                                            (m, e) -> {
                                                                held.close();
                                                                m.onFailure(e);
                                                            })
                                                    .map(
                                                            items -> {
                                                                // What was read is let go of.
                                                                held.close();
                                                                return new SharedLoading.Held<>(
                                                                        items,
                                                                        memory.take(
                                                                                items.bytes(),
                                                                                "generation"));
                                                            }));
                        }));
    }

    private void get(String catalog, String id, ActionListener<BytesReference> listener) {
        client.get(
                new GetRequest(CompanionIndices.state(catalog), id),
                listener.map(
                        found -> {
                            if (!found.isExists()) {
                                throw new ResourceNotFoundException(
                                        "[{}] has no [{}]", catalog, id);
                            }
                            return found.getSourceAsBytesRef();
                        }));
    }

    /** Reads one part after the other. */
    private final class Reading {
        private final String catalog;
        private final int number;
        private final JsonNode card;
        private final Executor executor;
        private final BytesReference[] parts;
        private final CRC32C checksum = new CRC32C();
        private int done;

        Reading(String catalog, int number, JsonNode card, Executor executor) {
            this.catalog = catalog;
            this.number = number;
            this.card = card;
            this.executor = executor;
            this.parts = new BytesReference[card.path("parts").asInt()];
        }

        void next(ActionListener<LearnedItems> listener) {
            if (done == parts.length) {
                ActionListener.completeWith(listener, this::parse);
                return;
            }
            get(
                    catalog,
                    partId(number, done),
                    new ThreadedActionListener<>(
                            executor,
                            listener.delegateFailureAndWrap(
                                    (l, source) -> {
                                        byte[] data =
                                                Json.readStored(source).path("data").binaryValue();
                                        checksum.update(data);
                                        parts[done++] = new BytesArray(data);
                                        next(l);
                                    })));
        }

        private LearnedItems parse() throws IOException {
            if (checksum.getValue() != card.path("checksum").asLong()) {
                throw new ElasticsearchException(
                        "generation [{}] of [{}] is damaged", number, catalog);
            }
            BytesReference all = CompositeBytesReference.of(parts);
            try (StreamInput in = all.streamInput()) {
                return LearnedItems.read(in);
            } finally {
                Arrays.fill(parts, BytesArray.EMPTY);
            }
        }
    }
}
