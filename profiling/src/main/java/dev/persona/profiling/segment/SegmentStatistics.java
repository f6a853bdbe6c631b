package dev.persona.profiling.segment;

import dev.persona.profiling.profile.Affinities;
import dev.persona.profiling.profile.Profile;
import dev.persona.profiling.segment.SegmentDescription.AttributeValue;
import dev.persona.profiling.segment.SegmentDescription.Difference;
import dev.persona.profiling.segment.SegmentDescription.PriceLevel;
import dev.persona.profiling.segment.SegmentDescription.Shares;
import dev.persona.profiling.segment.SegmentDescription.Tag;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.LongStream;

/**
 * Takes in users one after the other and says of each segment what sets it apart. What it holds
 * does not grow with the users, see {@link AttributeTally}.
 *
 * <p>An attribute's value or a tag is told when at least a part of {@value #LEAST_SUPPORT} of the
 * segment's users have it, {@value #LEAST_USERS} or more, with a lift of at least {@value
 * #LEAST_LIFT} and a share that tells at least {@value #LEAST_TOLD} nats, see {@link Shares}: from
 * a share of 0.5 to 0.65, or from 0.03 to 0.1, but not from 0.06 to 0.09, which in a segment of a
 * hundred may be chance. A behaviour that as many show is told from a difference of {@value
 * #LEAST_DEVIATIONS} standard deviations. Of each kind the {@value #MOST_TOLD} most telling are
 * told.
 *
 * <p>Not safe for use by several threads.
 */
public final class SegmentStatistics {
    /** How many of each kind are told. */
    static final int MOST_TOLD = 5;

    /** Less of a lift sets nobody apart. */
    static final double LEAST_LIFT = 1.2;

    /** What tells less may be chance, or is too rare to speak of. */
    static final double LEAST_TOLD = 0.05;

    /** What fewer users of a segment have says little of it. */
    static final double LEAST_SUPPORT = 0.05;

    /** What fewer users have may be chance. */
    static final int LEAST_USERS = 3;

    /** A smaller difference sets nobody apart. */
    static final double LEAST_DEVIATIONS = 0.2;

    private final SegmentModel model;
    private final int count;
    private final long[] users;
    private final Map<String, AttributeTally> attributes = new TreeMap<>();
    private final Map<String, long[]> tags = new TreeMap<>();
    private final double[][] sums;
    private final long[][] known;

    /** Knows of nobody yet. */
    public SegmentStatistics(SegmentModel model) {
        this.model = model;
        this.count = model.segments().size();
        this.users = new long[count];
        this.sums = new double[count][SegmentFeatures.BEHAVIOURS];
        this.known = new long[count][SegmentFeatures.BEHAVIOURS];
    }

    /**
     * About the bytes of heap that it takes up at most.
     *
     * @param attributes how many attributes users have affinities to
     */
    public static long bytes(int segments, int attributes) {
        return attributes * AttributeTally.bytes(segments);
    }

    /**
     * Adds a user.
     *
     * @param segment what {@link SegmentModel#segment(float[])} gave for the features
     * @param features what {@link SegmentFeatures#of} gives for the profile
     * @param hasTags the tags that the user has
     */
    public void add(int segment, float[] features, Profile profile, Set<String> hasTags) {
        users[segment]++;
        for (int i = 0; i < SegmentFeatures.BEHAVIOURS; i++) {
            if (!Float.isNaN(features[i])) {
                sums[segment][i] += features[i];
                known[segment][i]++;
            }
        }
        Affinities affinities = profile.affinities();
        for (String attribute : affinities.attributes()) {
            attributes
                    .computeIfAbsent(attribute, name -> new AttributeTally(count))
                    .add(segment, affinities.of(attribute), affinities.positive(attribute));
        }
        for (String tag : hasTags) {
            tags.computeIfAbsent(tag, name -> new long[count])[segment]++;
        }
    }

    /** What each segment is like, in the order of the model. */
    public List<SegmentDescription> descriptions() {
        List<SegmentDescription> descriptions = new ArrayList<>();
        long all = LongStream.of(users).sum();
        for (int i = 0; i < count; i++) {
            Segment segment = model.segments().get(i);
            descriptions.add(
                    new SegmentDescription(
                            segment.name(),
                            segment.label(),
                            users[i],
                            all == 0 ? 0 : (double) users[i] / all,
                            attributes(i),
                            price(i),
                            tags(i, all),
                            behaviours(i)));
        }
        return descriptions;
    }

    private static boolean isTold(Shares shares, double support, long having) {
        return shares.lift() >= LEAST_LIFT
                && shares.tells() >= LEAST_TOLD
                && isSupported(support, having);
    }

    private static boolean isSupported(double support, long having) {
        return support >= LEAST_SUPPORT && having >= LEAST_USERS;
    }

    private List<AttributeValue> attributes(int segment) {
        List<AttributeValue> told = new ArrayList<>();
        attributes.forEach(
                (attribute, tally) ->
                        tally.visit(
                                segment,
                                (value, shares, support, having) -> {
                                    if (isTold(shares, support, having)) {
                                        told.add(new AttributeValue(attribute, value, shares));
                                    }
                                }));
        return told.stream()
                .sorted(
                        Comparator.<AttributeValue>comparingDouble(v -> -v.shares().tells())
                                .thenComparing(AttributeValue::attribute)
                                .thenComparing(AttributeValue::value))
                .limit(MOST_TOLD)
                .toList();
    }

    private List<Tag> tags(int segment, long all) {
        List<Tag> told = new ArrayList<>();
        tags.forEach(
                (tag, having) -> {
                    double within = (double) having[segment] / Math.max(users[segment], 1);
                    Shares shares = new Shares(within, (double) LongStream.of(having).sum() / all);
                    if (isTold(shares, within, having[segment])) {
                        told.add(new Tag(tag, shares));
                    }
                });
        return told.stream()
                .sorted(
                        Comparator.<Tag>comparingDouble(t -> -t.shares().tells())
                                .thenComparing(Tag::tag))
                .limit(MOST_TOLD)
                .toList();
    }

    private Optional<PriceLevel> price(int segment) {
        int price = Behaviour.PRICE_LEVEL.ordinal();
        if (known[segment][price] == 0) {
            return Optional.empty();
        }
        double sum = 0;
        long having = 0;
        for (int i = 0; i < count; i++) {
            sum += sums[i][price];
            having += known[i][price];
        }
        return Optional.of(
                new PriceLevel(
                        Math.exp(sums[segment][price] / known[segment][price]),
                        Math.exp(sum / having)));
    }

    private boolean isKnown(int segment, Behaviour behaviour) {
        long having = known[segment][behaviour.ordinal()];
        return isSupported((double) having / Math.max(users[segment], 1), having);
    }

    private List<Difference> behaviours(int segment) {
        Standardization standardization = model.standardization();
        return Arrays.stream(Behaviour.values())
                .filter(b -> isKnown(segment, b) && standardization.deviation(b.ordinal()) > 0)
                .map(
                        b -> {
                            int i = b.ordinal();
                            double mean = sums[segment][i] / known[segment][i];
                            return new Difference(
                                    b,
                                    (mean - standardization.mean(i))
                                            / standardization.deviation(i));
                        })
                .filter(difference -> Math.abs(difference.deviations()) >= LEAST_DEVIATIONS)
                .sorted(
                        Comparator.comparingDouble(
                                (Difference difference) -> -Math.abs(difference.deviations())))
                .limit(MOST_TOLD)
                .toList();
    }
}
