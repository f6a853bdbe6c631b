package dev.persona.profiling.segment;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;

/**
 * Makes segments of users: k-means on standardized features, see {@link Standardization}.
 *
 * <p>Clusters are sought among {@value #CLUSTERED} users at most, and everybody is then in the
 * segment with the nearest centre, by the same code as users who come later. Measured on 100,000
 * users with 64 factors: 12 segments take 2 s, and 4 s where no groups are there to be found; 100
 * take 17 and 25 s. Among all of the users one beginning of the ten alone took 2 to 10 s.
 *
 * <p>Where no number of segments is asked for, each from {@value SegmentParameters#LEAST_SEGMENTS}
 * to {@value #MOST_SUGGESTED} is tried on {@value #COMPARED} users at most, and the one with the
 * largest mean {@link Silhouette} is taken.
 *
 * <p>The same users in the same order make the same segments.
 */
public final class SegmentTrainer {
    /** The largest number of segments that is suggested. */
    public static final int MOST_SUGGESTED = 12;

    /** How many users clusters are sought among. */
    static final int CLUSTERED = 10_000;

    /** How many users silhouettes are taken of: of n it takes n * n distances. */
    static final int COMPARED = 2_000;

    private static final int RUNS = 10;

    private final SegmentParameters parameters;

    private static final long BYTES_PER_OBJECT = 40;

    /** Makes segments in that way. */
    public SegmentTrainer(SegmentParameters parameters) {
        this.parameters = parameters;
    }

    /**
     * Makes segments.
     *
     * @param users everybody that the sizes are to count
     * @param generation the generation of their interest vectors; 0 when there are none
     * @param previous the model whose names live on
     * @param cancelled asked often; true to stop
     * @throws IllegalArgumentException when there is a generation without vectors, or the other way
     *     round
     * @throws InsufficientUsersException when fewer users differ than there are to be segments
     * @throws CancellationException once cancelled
     */
    public SegmentTraining train(
            SegmentUsers users,
            int generation,
            Optional<SegmentModel> previous,
            BooleanSupplier cancelled) {
        SegmentModel.requireGeneration(generation, users.factors());
        Standardization standardization = Standardization.of(users);
        KMeans kMeans = new KMeans(RUNS, parameters.seed(), cancelled);
        SortedMap<Integer, Double> silhouettes = new TreeMap<>();
        if (parameters.segments().isEmpty()) {
            silhouettes.putAll(silhouettes(sample(users, standardization, COMPARED), kMeans));
        }
        int count = parameters.segments().orElseGet(() -> best(silhouettes));
        double[][] points = sample(users, standardization, CLUSTERED);
        requireDifferent(points, count);
        Centres centres = kMeans.centres(points, count);
        int[] assigned = new int[users.size()];
        for (int user = 0; user < assigned.length; user++) {
            assigned[user] = centres.nearest(standardization.apply(users.features(user)));
        }
        SegmentNames names = SegmentNames.of(users, assigned, centres.count(), previous);
        return new SegmentTraining(
                new SegmentModel(
                        standardization, centres, names.segments(), generation, names.next()),
                silhouettes);
    }

    /**
     * About the bytes of heap that a training takes at most, {@link SegmentUsers} included.
     *
     * @param factors length of the interest vectors; 0 to do without
     */
    public static long bytes(long users, int factors) {
        long dimensions = SegmentFeatures.BEHAVIOURS + (long) factors;
        long ofUsers = users * (dimensions * Float.BYTES + BYTES_PER_OBJECT);
        long points = Math.min(users, CLUSTERED) * (dimensions * Double.BYTES + BYTES_PER_OBJECT);
        long compared = Math.min(users, COMPARED);
        return ofUsers + points + compared * compared * Float.BYTES;
    }

    /** The mean silhouette by number of segments. */
    private static SortedMap<Integer, Double> silhouettes(double[][] points, KMeans kMeans) {
        // With as many clusters as points each would be alone.
        int most = Math.min(MOST_SUGGESTED, different(points, MOST_SUGGESTED + 1) - 1);
        if (most < SegmentParameters.LEAST_SEGMENTS) {
            throw new InsufficientUsersException(
                    "a number of segments can be suggested for at least "
                            + (SegmentParameters.LEAST_SEGMENTS + 1)
                            + " users who differ, there were "
                            + (most + 1));
        }
        Silhouette silhouette = new Silhouette(points);
        SortedMap<Integer, Double> means = new TreeMap<>();
        for (int count = SegmentParameters.LEAST_SEGMENTS; count <= most; count++) {
            Centres centres = kMeans.centres(points, count);
            int[] clusters = Arrays.stream(points).mapToInt(centres::nearest).toArray();
            means.put(count, silhouette.mean(clusters, count));
        }
        return means;
    }

    /** The number with the largest silhouette; of several, the smallest. */
    private static int best(SortedMap<Integer, Double> silhouettes) {
        int best = silhouettes.firstKey();
        for (Map.Entry<Integer, Double> e : silhouettes.entrySet()) {
            best = e.getValue() > silhouettes.get(best) ? e.getKey() : best;
        }
        return best;
    }

    private static void requireDifferent(double[][] points, int count) {
        int different = different(points, count);
        if (different < count) {
            throw new InsufficientUsersException(
                    count
                            + " segments take at least as many users who differ, there were "
                            + different);
        }
    }

    /** How many points are different ones, counted up to a number. */
    private static int different(double[][] points, int most) {
        Set<List<Double>> different = new HashSet<>();
        for (int i = 0; i < points.length && different.size() < most; i++) {
            different.add(Arrays.stream(points[i]).boxed().toList());
        }
        return different.size();
    }

    /**
     * So many users at most, drawn without replacement in the order in which they are (Knuth, The
     * Art of Computer Programming 2, 3.4.2, algorithm S).
     */
    private double[][] sample(SegmentUsers users, Standardization standardization, int most) {
        Random random = new Random(parameters.seed());
        double[][] points = new double[Math.min(most, users.size())][];
        int drawn = 0;
        for (int user = 0; drawn < points.length; user++) {
            if (random.nextInt(users.size() - user) < points.length - drawn) {
                points[drawn++] = standardization.apply(users.features(user));
            }
        }
        return points;
    }
}
