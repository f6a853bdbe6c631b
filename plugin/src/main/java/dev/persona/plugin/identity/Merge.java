package dev.persona.plugin.identity;

import dev.persona.plugin.catalog.Catalog;
import dev.persona.plugin.consent.Blocks;
import dev.persona.plugin.consent.Tracking;
import dev.persona.plugin.profile.ProfileDocument;
import dev.persona.plugin.profile.ProfileStore;
import dev.persona.profiling.profile.ProfileRules;

import org.elasticsearch.ElasticsearchStatusException;
import org.elasticsearch.client.internal.Client;
import org.elasticsearch.core.TimeValue;
import org.elasticsearch.rest.RestStatus;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Merges one user id into another, in four writes that each leave a state from which another try,
 * or the follower, can go on:
 *
 * <ol>
 *   <li>the target notes the claim: while it has one, it cannot itself be merged into another, so
 *       two merges at once cannot close a circle;
 *   <li>the id's document says where it leads. From here on followers send its events there; what
 *       it holds stays as it is;
 *   <li>the target takes over what the id's document holds, and the numbers of the events it is
 *       made of, so that each counts once;
 *   <li>the id's document forgets what was taken over.
 * </ol>
 *
 * Waits for each answer.
 */
final class Merge {
    private static final TimeValue PATIENCE = TimeValue.timeValueSeconds(30);

    private final Client client;
    private final Catalog catalog;
    private final ProfileRules rules;
    private final ProfileStore profiles;
    private final String eventsUuid;

    Merge(Client client, Catalog catalog, String eventsUuid) {
        this.client = client;
        this.catalog = catalog;
        this.rules = catalog.settings().rules();
        this.profiles = new ProfileStore(client, catalog);
        this.eventsUuid = eventsUuid;
    }

    /**
     * Merges.
     *
     * @return false when they were one user already
     * @throws ElasticsearchStatusException 409 when the id has been merged into somebody else, was
     *     erased a short while ago, or is being merged with others right now; names no id, as the
     *     caller may know them by other names, or not at all
     */
    boolean run(String from, String into) {
        refuseErased(from, into);
        String target = profiles.root(into);
        if (target.equals(from)) {
            return false;
        }
        if (profiles.read(from).document().mergedInto().isPresent()) {
            String root = profiles.root(from);
            if (!root.equals(target)) {
                throw new ElasticsearchStatusException(
                        "has been merged into another user already", RestStatus.CONFLICT);
            }
            // An earlier try may have ended before its last step.
            takeOver(from);
            return false;
        }
        claim(target, from);
        try {
            // Who erases either of them from here on sees the claim, and waits.
            refuseErased(from, target);
            lead(from, target);
            refuseErased(from, from);
        } catch (RuntimeException e) {
            withdraw(from, target);
            throw e;
        }
        takeOver(from);
        return true;
    }

    private void refuseErased(String one, String other) {
        Set<String> both = new TreeSet<>(List.of(one, other));
        if (!Blocks.erased(client, catalog.name(), both, PATIENCE).isEmpty()) {
            throw new ElasticsearchStatusException(
                    "was erased a short while ago, or the user it is to be merged into was",
                    RestStatus.CONFLICT);
        }
    }

    private void claim(String target, String from) {
        long now = client.threadPool().absoluteTimeInMillis();
        profiles.change(
                target,
                stored -> {
                    if (stored.document().mergedInto().isPresent()) {
                        throw inProgress();
                    }
                    Map<String, Long> claims = new TreeMap<>(stored.document().claims());
                    claims.put(from, now);
                    return Optional.of(stored.document().withClaims(claims));
                });
    }

    private void lead(String from, String target) {
        long now = client.threadPool().absoluteTimeInMillis();
        profiles.change(
                from,
                stored -> {
                    ProfileDocument document = stored.document();
                    if (document.mergedInto().equals(Optional.of(target))) {
                        return Optional.empty();
                    }
                    if (document.isClaimed(now) || document.mergedInto().isPresent()) {
                        throw inProgress();
                    }
                    return Optional.of(document.into(target));
                });
    }

    /** As if nobody had tried. What was taken over already stays so. */
    private void withdraw(String from, String target) {
        ProfileDocument claimed = profiles.read(target).document();
        if (!claimed.hasAbsorbed(from)) {
            profiles.change(
                    from,
                    stored ->
                            stored.document().mergedInto().equals(Optional.of(target))
                                    ? Optional.of(stored.document().leadingNowhere())
                                    : Optional.empty());
            profiles.removeIfEmpty(from);
        }
        profiles.change(
                target,
                stored ->
                        stored.document().claims().containsKey(from)
                                ? Optional.of(stored.document().withoutClaim(from))
                                : Optional.empty());
        profiles.removeIfEmpty(target);
    }

    /** The last two steps, for an id that leads to another; may be done any number of times. */
    void takeOver(String from) {
        List<String> way = profiles.way(from);
        String root = way.getLast();
        // From the user back: who took over another's before brings that along.
        List<String> passed = way.subList(0, way.size() - 1).reversed();
        Map<String, ProfileDocument> left = new HashMap<>();
        passed.forEach(id -> left.put(id, profiles.read(id).document()));
        profiles.change(
                root,
                stored -> {
                    if (!stored.exists()) {
                        // Erased meanwhile: nothing is to be made of it again.
                        return Optional.empty();
                    }
                    if (stored.document().mergedInto().isPresent()) {
                        throw inProgress();
                    }
                    ProfileDocument document = stored.document().current(eventsUuid, rules);
                    for (String id : passed) {
                        document =
                                document.hasAbsorbed(id)
                                        ? document.withoutClaim(id)
                                        : document.absorb(
                                                id, left.get(id).current(eventsUuid, rules));
                    }
                    return Optional.of(document);
                });
        if (!profiles.read(root).exists()) {
            return;
        }
        for (String id : passed) {
            profiles.change(
                    id,
                    stored ->
                            stored.document().holdsNothing()
                                    ? Optional.empty()
                                    : Optional.of(stored.document().stub(rules)));
        }
        ProfileDocument whole = profiles.read(root).document();
        if (!whole.stated().tracking()) {
            new Tracking(client, catalog, PATIENCE).refuse(root, whole);
        }
    }

    private static ElasticsearchStatusException inProgress() {
        return new ElasticsearchStatusException(
                "is being merged with others right now, or the user it is to be merged into is,"
                        + " try again",
                RestStatus.CONFLICT);
    }
}
