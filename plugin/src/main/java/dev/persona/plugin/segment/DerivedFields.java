package dev.persona.plugin.segment;

import dev.persona.plugin.catalog.Catalog;
import dev.persona.plugin.generation.InterestVectors;
import dev.persona.plugin.profile.ProfileDocument;
import dev.persona.profiling.profile.Profile;
import dev.persona.profiling.segment.SegmentModel;

import java.util.Optional;

/**
 * What stands in a document beside its profile and follows from it: interest vectors, the segment,
 * tags. For whoever writes a profile that has changed.
 */
public final class DerivedFields {
    private final InterestVectors interests;
    private final LoadedSegments segments;

    /** Made once a node. */
    public DerivedFields(InterestVectors interests, LoadedSegments segments) {
        this.interests = interests;
        this.segments = segments;
    }

    /**
     * The document as it is to be written. What follows from a model that this node has not got in
     * memory stays as it is.
     *
     * @param now in milliseconds since 1970
     */
    public ProfileDocument atWrite(Catalog catalog, ProfileDocument document, long now) {
        return segments.find(catalog)
                .map(model -> segmented(model, catalog, document, now))
                .orElseGet(() -> folded(catalog, document, now))
                .tagged(catalog.tagging(), now);
    }

    /**
     * The document with interest vectors alone, of the generations that this node has in memory.
     */
    public ProfileDocument folded(Catalog catalog, ProfileDocument document, long now) {
        return interests.atWrite(catalog, document, now);
    }

    /**
     * The document with interest vectors and segment alone.
     *
     * @param model the segments in use
     */
    public ProfileDocument segmented(
            SegmentModel model, Catalog catalog, ProfileDocument document, long now) {
        ProfileDocument folded = folded(catalog, document, now);
        float[] interest = catalog.factors().map(folded::interest).orElse(new float[0]);
        return folded.withSegment(segment(model, catalog, folded, interest, now));
    }

    /**
     * The segment of a user.
     *
     * <p>A model that was made with interest vectors of another generation than the one in use
     * cannot tell where the interests of a user are now: who has a segment stays in it until
     * segments are trained again, and who has none gets one by behaviour.
     *
     * @param interest the user's interest vector of the generation in use as it is now; empty when
     *     there is none
     */
    public static Optional<String> segment(
            SegmentModel model,
            Catalog catalog,
            ProfileDocument document,
            float[] interest,
            long now) {
        if (!document.belongsToASegment()) {
            return Optional.empty();
        }
        Profile profile = document.profile();
        if (model.generation() == 0) {
            return Optional.of(model.segment(profile, new float[0], now).name());
        }
        if (catalog.factors().filter(used -> used.number() == model.generation()).isPresent()) {
            return Optional.of(model.segment(profile, interest, now).name());
        }
        return document.segment()
                .filter(name -> model.indexOf(name).isPresent())
                .or(() -> Optional.of(model.segmentByBehaviour(profile, now).name()));
    }
}
