package dev.persona.plugin.catalog;

import org.elasticsearch.ElasticsearchStatusException;
import org.elasticsearch.rest.RestStatus;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The segments of users that a catalog has in use.
 *
 * @param version which stored model
 * @param swept number of the local day on which all profiles were last gone over with it; empty
 *     before the first time
 */
public record Segmentation(int version, OptionalInt swept) {
    private static final String VERSION = "segments.version";
    private static final String SWEPT = "segments.swept";

    /** Is not stored: the version that a change was made for, none as an empty text. */
    private static final String EXPECTED = "segments.expected";

    static Optional<Segmentation> read(Map<String, String> stored) {
        String version = stored.get(VERSION);
        String swept = stored.get(SWEPT);
        return version == null
                ? Optional.empty()
                : Optional.of(
                        new Segmentation(
                                Integer.parseInt(version),
                                swept == null
                                        ? OptionalInt.empty()
                                        : OptionalInt.of(Integer.parseInt(swept))));
    }

    /** Whether all profiles have to be looked at, as behaviour is another one from day to day. */
    public boolean isDue(int today) {
        return swept.isEmpty() || swept.getAsInt() < today;
    }

    /**
     * The change that puts another model to use, in which users may be elsewhere.
     *
     * @param before what is in use until then
     */
    static Map<String, String> use(int version, Optional<Segmentation> before) {
        return Map.of(VERSION, Integer.toString(version), SWEPT, "", EXPECTED, expected(before));
    }

    /** The change that puts to use what tells the same segments as the model before. */
    static Map<String, String> useAlike(int version, Segmentation before) {
        return Map.of(VERSION, Integer.toString(version), EXPECTED, expected(Optional.of(before)));
    }

    /** The change that says that all profiles have been gone over. */
    static Map<String, String> swept(Segmentation by, int day) {
        return Map.of(SWEPT, Integer.toString(day), EXPECTED, expected(Optional.of(by)));
    }

    private static String expected(Optional<Segmentation> segmentation) {
        return segmentation.map(s -> Integer.toString(s.version)).orElse("");
    }

    /**
     * Takes off a change what is not to be stored.
     *
     * @throws ElasticsearchStatusException when the change was made for other segments
     */
    static void check(String name, Map<String, String> stored, Map<String, String> changed) {
        String expected = changed.remove(EXPECTED);
        if (expected != null && !expected.equals(stored.getOrDefault(VERSION, ""))) {
            throw new ElasticsearchStatusException(
                    "the segments of [{}] have been changed meanwhile", RestStatus.CONFLICT, name);
        }
    }
}
