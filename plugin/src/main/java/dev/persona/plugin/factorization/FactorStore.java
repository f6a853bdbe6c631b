package dev.persona.plugin.factorization;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.persona.plugin.catalog.Catalog;
import dev.persona.plugin.catalog.CompanionIndices;
import dev.persona.plugin.json.Json;
import dev.persona.profiling.factorization.AlsParameters;

import org.elasticsearch.action.get.GetResponse;
import org.elasticsearch.client.internal.Client;
import org.elasticsearch.xcontent.XContentType;

/** Keeps how each generation was made: who folds a user in needs the same parameters. */
public final class FactorStore {
    private final Client client;

    /** Reads and writes on behalf of whom the client acts for. */
    public FactorStore(Client client) {
        this.client = client;
    }

    private static String id(int generation) {
        return "factors-" + generation;
    }

    /** Stores what there is to say of a generation; waits for it. */
    void store(Catalog catalog, Catalog.Generation generation, ObjectNode card) {
        ObjectNode json = card.deepCopy();
        json.put("kind", "factors");
        client.index(
                        CompanionIndices.write(
                                        CompanionIndices.state(catalog.name()),
                                        id(generation.number()))
                                .source(Json.bytes(json), XContentType.JSON))
                .actionGet();
    }

    /** The parameters of a generation; waits for them. */
    public AlsParameters parameters(Catalog catalog, Catalog.Generation generation) {
        GetResponse found =
                client.prepareGet(CompanionIndices.state(catalog.name()), id(generation.number()))
                        .get();
        if (!found.isExists()) {
            throw new IllegalStateException(
                    "generation [" + generation.number() + "] of the factors is not described");
        }
        JsonNode json = Json.readStored(found.getSourceAsBytesRef()).path("parameters");
        return new AlsParameters(
                json.path("factors").asInt(),
                json.path("iterations").asInt(),
                json.path("regularization").asDouble(),
                json.path("alpha").asDouble(),
                json.path("seed").asLong(),
                json.path("scale_regularization").asBoolean(),
                json.path("conjugate_gradient_steps").asInt());
    }
}
