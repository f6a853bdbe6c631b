package dev.persona.plugin.segmentation;

import dev.persona.plugin.catalog.Catalog;
import dev.persona.plugin.catalog.CompanionIndices;
import dev.persona.plugin.loading.GrowingMemory;
import dev.persona.plugin.loading.Memory;
import dev.persona.plugin.profile.ProfileDocument;
import dev.persona.plugin.profile.ProfileScan;
import dev.persona.plugin.profile.StoredProfile;
import dev.persona.plugin.profile.Tags;
import dev.persona.plugin.segment.DerivedFields;
import dev.persona.plugin.task.IndexScan;
import dev.persona.plugin.task.JobTask;
import dev.persona.profiling.segment.FavouriteCounts;
import dev.persona.profiling.segment.SegmentDescription;
import dev.persona.profiling.segment.SegmentFeatures;
import dev.persona.profiling.segment.SegmentModel;
import dev.persona.profiling.segment.SegmentParameters;
import dev.persona.profiling.segment.SegmentStatistics;
import dev.persona.profiling.segment.SegmentTrainer;
import dev.persona.profiling.segment.SegmentTraining;
import dev.persona.profiling.segment.SegmentUsers;

import org.elasticsearch.client.internal.Client;
import org.elasticsearch.core.Releasable;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * One training of segments over the stored profiles, which are read twice: what each user takes up
 * in memory is a row of features, and profiles are described as they go by.
 */
final class Segmenting {
    private final Client client;
    private final Catalog catalog;
    private final DerivedFields derived;
    private final Memory memory;
    private final JobTask task;
    private final long now;
    private final int factors;
    private final int generation;

    /**
     * @param memory where what it takes up is taken from
     * @param now in milliseconds since 1970: users are seen as they are then
     */
    Segmenting(
            Client client,
            Catalog catalog,
            DerivedFields derived,
            Memory memory,
            JobTask task,
            long now) {
        this.client = client;
        this.catalog = catalog;
        this.derived = derived;
        this.memory = memory;
        this.task = task;
        this.now = now;
        this.factors = catalog.factors().isPresent() ? catalog.settings().factors() : 0;
        this.generation = catalog.factors().map(Catalog.Generation::number).orElse(0);
    }

    /** Finds segments. */
    SegmentTraining train(SegmentParameters parameters, Optional<SegmentModel> previous) {
        Releasable taken =
                memory.take(
                        SegmentTrainer.bytes(users(), factors),
                        "users of [" + catalog.name() + "]");
        try {
            SegmentUsers.Builder users = SegmentUsers.builder(factors);
            read("reading profiles", user -> users.add(features(user), user.segment()));
            task.progress("finding segments", 0, 0);
            return new SegmentTrainer(parameters)
                    .train(users.build(), generation, previous, task::isCancelled);
        } finally {
            taken.close();
        }
    }

    /**
     * What there is to say of segments.
     *
     * @param descriptions what sets each apart
     * @param favourites what the users of each take to most, by its name
     */
    record Described(List<SegmentDescription> descriptions, Map<String, List<String>> favourites) {}

    /** Says what sets each segment apart, and what its users take to. */
    Described describe(SegmentModel model) {
        Releasable taken =
                memory.take(
                        SegmentStatistics.bytes(
                                model.segments().size(), catalog.settings().attributes().size()),
                        "segments of [" + catalog.name() + "]");
        try (GrowingMemory growing =
                new GrowingMemory(memory, "favourites of [" + catalog.name() + "]")) {
            SegmentStatistics statistics = new SegmentStatistics(model);
            FavouriteCounts favourites = new FavouriteCounts(model, growing);
            read(
                    "describing segments",
                    user -> {
                        float[] features = features(user);
                        int segment = model.segment(features);
                        favourites.add(segment, user.profile(), now);
                        statistics.add(
                                segment,
                                features,
                                user.profile(),
                                Tags.names(user, catalog.tagging(), now));
                    });
            return new Described(statistics.descriptions(), favourites.favourites());
        } finally {
            taken.close();
        }
    }

    private float[] features(ProfileDocument user) {
        float[] interest =
                catalog.factors()
                        .map(used -> derived.folded(catalog, user, now).interest(used))
                        .orElse(new float[0]);
        return SegmentFeatures.of(user.profile(), interest, factors, now);
    }

    private void read(String phase, Consumer<ProfileDocument> each) {
        new ProfileScan(
                        client,
                        catalog,
                        (done, total) -> task.progress(phase, done, total),
                        batch ->
                                batch.values().stream()
                                        .map(StoredProfile::document)
                                        .filter(ProfileDocument::belongsToASegment)
                                        .forEach(each))
                // The same users in the same order make the same segments.
                .run(SegmentSweep.everybody(), ProfileScan.BY_USER);
    }

    private long users() {
        return new IndexScan(client)
                .count(CompanionIndices.profiles(catalog.name()), SegmentSweep.everybody());
    }
}
