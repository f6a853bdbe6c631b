package dev.persona.plugin.vector;

import dev.persona.plugin.catalog.Catalog;
import dev.persona.plugin.catalog.Catalogs;
import dev.persona.plugin.follower.ProfileReader;
import dev.persona.plugin.generation.InterestVectors;
import dev.persona.plugin.generation.LoadedGenerations;
import dev.persona.plugin.pseudonym.Pseudonyms;

import org.elasticsearch.ElasticsearchStatusException;
import org.elasticsearch.ResourceNotFoundException;
import org.elasticsearch.action.ActionListener;
import org.elasticsearch.client.internal.Client;
import org.elasticsearch.common.bytes.BytesArray;
import org.elasticsearch.rest.RestStatus;

import java.util.List;
import java.util.Optional;

/** What a query vector needs of the node that it is made on. */
public final class InterestVectorSource {
    private final Catalogs catalogs;
    private final LoadedGenerations generations;
    private final InterestVectors interests;
    private final Pseudonyms pseudonyms;

    /** Made once a node. */
    public InterestVectorSource(
            Catalogs catalogs,
            LoadedGenerations generations,
            InterestVectors interests,
            Pseudonyms pseudonyms) {
        this.catalogs = catalogs;
        this.generations = generations;
        this.interests = interests;
        this.pseudonyms = pseudonyms;
    }

    /** Gives the vector that a request asks for. */
    void find(
            Client client,
            String user,
            Optional<String> named,
            Optional<String> slot,
            MissingVector missing,
            ActionListener<float[]> listener) {
        Catalog catalog = catalog(named);
        Catalog.Generation used =
                catalog.factors()
                        .orElseThrow(
                                () ->
                                        new ResourceNotFoundException(
                                                "[{}] has no factors yet; train them with POST"
                                                        + " /{}/_persona/factors/_train",
                                                catalog.name(),
                                                catalog.name()));
        if (slot.isPresent() && !slot.get().equals(used.slot())) {
            throw new ElasticsearchStatusException(
                    "slot [{}] of [{}] is not in use, search the field [{}]",
                    RestStatus.CONFLICT,
                    slot.get(),
                    catalog.name(),
                    Catalog.itemVectorField(used.slot()));
        }
        new ProfileReader(client)
                .read(
                        catalog,
                        catalog.storedNames(pseudonyms).apply(user),
                        listener.delegateFailureAndWrap(
                                (l, found) ->
                                        interests.current(
                                                catalog,
                                                found.flatMap(ProfileReader.Found::agreed)
                                                        .orElse(BytesArray.EMPTY),
                                                System.currentTimeMillis(),
                                                l.delegateFailureAndWrap(
                                                        (m, vector) ->
                                                                orElse(
                                                                        catalog, used, user, vector,
                                                                        missing, m)))));
    }

    private Catalog catalog(Optional<String> named) {
        if (named.isPresent()) {
            return catalogs.get(named.get());
        }
        List<Catalog> all = List.copyOf(catalogs.all());
        if (all.size() != 1) {
            throw new IllegalArgumentException(
                    "["
                            + InterestVectorBuilder.NAME
                            + "] must say which [catalog] the user is of, there are several or none");
        }
        return all.get(0);
    }

    private void orElse(
            Catalog catalog,
            Catalog.Generation used,
            String user,
            float[] vector,
            MissingVector missing,
            ActionListener<float[]> listener) {
        if (vector.length > 0) {
            listener.onResponse(vector);
        } else if (missing == MissingVector.FAIL) {
            listener.onFailure(
                    new ResourceNotFoundException(
                            "user [{}] has no interest vector in [{}]", user, catalog.name()));
        } else {
            generations.load(catalog, used, listener.map(items -> items.factors().mean()));
        }
    }
}
