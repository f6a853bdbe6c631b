package dev.persona.plugin.profile;

import dev.persona.plugin.catalog.Catalog;
import dev.persona.plugin.catalog.CompanionIndices;
import dev.persona.profiling.profile.ProfileRules;

import org.elasticsearch.ElasticsearchException;
import org.elasticsearch.ElasticsearchStatusException;
import org.elasticsearch.action.delete.DeleteRequest;
import org.elasticsearch.client.internal.Client;
import org.elasticsearch.core.TimeValue;
import org.elasticsearch.index.engine.VersionConflictEngineException;
import org.elasticsearch.rest.RestStatus;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * The profile documents of a catalog, to read and change one by one. Waits for each answer, so it
 * is not for transport threads.
 */
public final class ProfileStore {
    private static final TimeValue PATIENCE = TimeValue.timeValueSeconds(30);

    /** How often a document may change under a write before that counts as a failure. */
    private static final int MOST_CONFLICTS = 50;

    private final Client client;
    private final Catalog catalog;
    private final ProfileRules rules;

    /** The profiles of a catalog, on behalf of whom the client acts for. */
    public ProfileStore(Client client, Catalog catalog) {
        this.client = client;
        this.catalog = catalog;
        this.rules = catalog.settings().rules();
    }

    /** Reads the document of an id, as it is now. */
    public StoredProfile read(String user) {
        return StoredProfile.of(
                client.prepareGet(CompanionIndices.profiles(catalog.name()), user)
                        .execute()
                        .actionGet(PATIENCE),
                rules);
    }

    /**
     * The user that an id counts for: itself, or the one it was merged into.
     *
     * @return the id that is merged into no other
     */
    public String root(String user) {
        return way(user).getLast();
    }

    /**
     * The ids that lead from one to the user it counts for.
     *
     * @return the id first, the user last; one element when they are the same
     */
    public List<String> way(String user) {
        List<String> way = new ArrayList<>();
        way.add(user);
        while (true) {
            Optional<String> next = read(way.getLast()).document().mergedInto();
            if (next.isEmpty()) {
                return way;
            }
            if (way.contains(next.get())) {
                throw new ElasticsearchException("ids are merged in a circle");
            }
            way.add(next.get());
        }
    }

    /**
     * Writes a document, with the tags that the user then has, if it is still as it was read.
     *
     * @return whether it was
     */
    public boolean replace(String user, StoredProfile before, ProfileDocument after) {
        ProfileDocument tagged =
                after.tagged(catalog.tagging(), client.threadPool().absoluteTimeInMillis());
        try {
            client.index(before.replace(catalog.name(), user, tagged.source(user)))
                    .actionGet(PATIENCE);
            return true;
        } catch (VersionConflictEngineException e) {
            return false;
        }
    }

    /** Removes a document, whatever it says. */
    public void remove(String user) {
        client.delete(deletion(user)).actionGet(PATIENCE);
    }

    private DeleteRequest deletion(String user) {
        return new DeleteRequest(
                CompanionIndices.writeAlias(CompanionIndices.profiles(catalog.name())), user);
    }

    /** Removes a document that says nothing, if it is there and nobody writes it just then. */
    public void removeIfEmpty(String user) {
        StoredProfile stored = read(user);
        if (!stored.exists()
                || !stored.document().holdsNothing()
                || stored.document().mergedInto().isPresent()) {
            return;
        }
        try {
            client.delete(
                            deletion(user)
                                    .setIfSeqNo(stored.seqNo())
                                    .setIfPrimaryTerm(stored.primaryTerm()))
                    .actionGet(PATIENCE);
        } catch (VersionConflictEngineException e) {
            // Now it says something.
            return;
        }
    }

    /**
     * Changes a document, however often somebody else writes it meanwhile.
     *
     * @param change given the document as it is, gives what it is to be, or nothing when it is to
     *     stay; may be asked several times
     * @throws ElasticsearchStatusException when it is never left alone
     */
    public void change(String user, Function<StoredProfile, Optional<ProfileDocument>> change) {
        for (int attempt = 0; attempt < MOST_CONFLICTS; attempt++) {
            StoredProfile before = read(user);
            Optional<ProfileDocument> after = change.apply(before);
            if (after.isEmpty() || replace(user, before, after.get())) {
                return;
            }
        }
        throw new ElasticsearchStatusException(
                "the profile is written by others all the time, try again", RestStatus.CONFLICT);
    }
}
