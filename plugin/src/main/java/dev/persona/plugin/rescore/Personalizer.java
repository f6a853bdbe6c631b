package dev.persona.plugin.rescore;

import dev.persona.plugin.catalog.Catalog;
import dev.persona.plugin.catalog.Catalogs;
import dev.persona.plugin.follower.ProfileReader;
import dev.persona.plugin.generation.InterestVectors;
import dev.persona.plugin.json.Unavailable;
import dev.persona.plugin.model.LoadedModels;
import dev.persona.plugin.profile.ProfileDocument;
import dev.persona.plugin.pseudonym.Pseudonyms;
import dev.persona.ranking.feature.Viewer;
import dev.persona.ranking.model.LightGbm;
import dev.persona.ranking.model.LightGbmUnavailableException;
import dev.persona.ranking.model.RankingModel;

import org.elasticsearch.ResourceNotFoundException;
import org.elasticsearch.action.ActionListener;
import org.elasticsearch.action.ResolvedIndices;
import org.elasticsearch.client.internal.Client;
import org.elasticsearch.common.bytes.BytesArray;
import org.elasticsearch.common.bytes.BytesReference;
import org.elasticsearch.core.TimeValue;
import org.elasticsearch.index.Index;
import org.elasticsearch.index.query.SearchExecutionContext;
import org.elasticsearch.search.rescore.RescoreContext;

import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** What the rescorer needs of the node that it runs on. */
public final class Personalizer {
    private static final long MINUTE = TimeValue.timeValueMinutes(1).millis();

    private final Catalogs catalogs;
    private final LoadedModels models;
    private final InterestVectors interests;
    private final Pseudonyms pseudonyms;

    /** Made once a node. */
    public Personalizer(
            Catalogs catalogs,
            LoadedModels models,
            InterestVectors interests,
            Pseudonyms pseudonyms) {
        this.catalogs = catalogs;
        this.models = models;
        this.interests = interests;
        this.pseudonyms = pseudonyms;
    }

    LoadedModels models() {
        return models;
    }

    /**
     * The one catalog that all searched indices belong to.
     *
     * @throws IllegalArgumentException when they belong to none, to several, or to another cluster
     */
    Catalog catalog(ResolvedIndices indices) {
        if (!indices.getRemoteClusterIndices().isEmpty()) {
            throw new IllegalArgumentException(
                    "[personalize] cannot search other clusters, whose users are not known here: "
                            + new TreeSet<>(indices.getRemoteClusterIndices().keySet()));
        }
        TreeMap<String, Catalog> found = new TreeMap<>();
        Set<String> unregistered = new TreeSet<>();
        for (Index index : indices.getConcreteLocalIndices()) {
            catalogs.ofIndex(index.getName())
                    .ifPresentOrElse(
                            catalog -> found.put(catalog.name(), catalog),
                            () -> unregistered.add(index.getName()));
        }
        if (!unregistered.isEmpty()) {
            throw new IllegalArgumentException(
                    "[personalize] needs a registered catalog, "
                            + unregistered
                            + " is none; register it with PUT /"
                            + unregistered.iterator().next()
                            + "/_persona");
        }
        if (found.size() != 1) {
            throw new IllegalArgumentException(
                    "[personalize] needs one catalog, the search goes over "
                            + (found.isEmpty() ? "no index" : found.keySet()));
        }
        return found.firstEntry().getValue();
    }

    /** The name under which a user is stored. */
    String storedName(Catalog catalog, String user) {
        return catalog.storedNames(pseudonyms).apply(user);
    }

    /** Finds out what the search personalizes with. */
    void resolve(
            Client client,
            Catalog catalog,
            String user,
            String model,
            MissingProfile missing,
            long now,
            ActionListener<Personalization> listener) {
        int version = activeVersion(catalog, model);
        new ProfileReader(client)
                .read(
                        catalog,
                        storedName(catalog, user),
                        listener.delegateFailureAndWrap(
                                (l, found) -> {
                                    if (found.isEmpty() && missing == MissingProfile.FAIL) {
                                        throw new ResourceNotFoundException(
                                                "user [{}] has no profile in [{}]",
                                                user,
                                                catalog.name());
                                    }
                                    BytesReference profile =
                                            found.flatMap(ProfileReader.Found::agreed)
                                                    .orElse(BytesArray.EMPTY);
                                    long minute = now / MINUTE * MINUTE;
                                    interests.current(
                                            catalog,
                                            profile,
                                            minute,
                                            l.map(
                                                    interest ->
                                                            new Personalization(
                                                                    catalog.name(),
                                                                    version,
                                                                    catalog.factors(),
                                                                    interest,
                                                                    profile,
                                                                    minute)));
                                }));
    }

    private static int activeVersion(Catalog catalog, String model) {
        try {
            LightGbm.require();
        } catch (LightGbmUnavailableException e) {
            throw Unavailable.because(e);
        }
        return catalog.requireActiveVersion(model);
    }

    /** The context that re-orders the hits of one shard. */
    RescoreContext context(
            int windowSize,
            Personalization what,
            RankingModel model,
            SearchExecutionContext shard) {
        Catalog catalog = catalogs.get(what.catalog());
        ProfileDocument document = ProfileDocument.read(what.profile(), catalog.settings().rules());
        Viewer viewer = new Viewer(document.profile(), what.interest(), what.now());
        HitReader hits =
                HitReader.of(catalog.settings(), what.generation(), model.features(), shard);
        return new PersonalizeRescorer.Context(windowSize, model, viewer, hits);
    }
}
