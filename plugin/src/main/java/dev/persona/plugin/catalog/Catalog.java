package dev.persona.plugin.catalog;

import dev.persona.plugin.json.Json;
import dev.persona.plugin.pseudonym.Pseudonyms;
import dev.persona.profiling.profile.Population;
import dev.persona.profiling.tag.TagRules;

import org.elasticsearch.ElasticsearchStatusException;
import org.elasticsearch.ResourceNotFoundException;
import org.elasticsearch.cluster.metadata.IndexMetadata;
import org.elasticsearch.cluster.metadata.ProjectMetadata;
import org.elasticsearch.rest.RestStatus;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A registered catalog as the cluster state has it.
 *
 * <p>Settings and pointers (which factor slot, which model version) are kept as custom metadata of
 * the profiles index. So every node knows them without asking, they change in one step for all
 * searches, they go with the index into snapshots, and a node without the plugin still understands
 * its state.
 *
 * @param name the product index or alias that was registered
 * @param settings what was said at registration
 * @param factors the factor model in use; empty before the first training
 * @param incoming the one that is being put into the other slot, and will be used next
 * @param lastGeneration number of the latest training that was begun, whatever became of it
 * @param activeModels version in use of each ranking model
 * @param tagging what tags users are given by
 * @param segments what segments of users are in use; empty before the first training
 */
public record Catalog(
        String name,
        CatalogSettings settings,
        Optional<Generation> factors,
        Optional<Generation> incoming,
        int lastGeneration,
        Map<String, Integer> activeModels,
        Tagging tagging,
        Optional<Segmentation> segments) {
    /** Key of the custom metadata. */
    static final String METADATA = "persona";

    /** Object of a product that holds what Persona writes into it. */
    public static final String ITEM_OBJECT = "persona";

    private static final String SETTINGS = "settings";

    /** Settings of what was registered and is no more, as long as its data is kept. */
    private static final String KEPT = "kept_settings";

    private static final String GENERATION = "factors.generation";
    private static final String SLOT = "factors.slot";
    private static final String INCOMING = "factors.incoming";
    private static final String INCOMING_SLOT = "factors.incoming_slot";
    private static final String LAST_GENERATION = "factors.last";
    private static final String MODEL_PREFIX = "model.";

    /**
     * One run of matrix factorization.
     *
     * @param number counts from 1
     * @param slot where its vectors are: a or b
     */
    public record Generation(int number, String slot) {}

    /** Reads a catalog from the cluster state. */
    static Optional<Catalog> find(ProjectMetadata metadata, String name) {
        IndexMetadata profiles = metadata.index(CompanionIndices.profiles(name));
        if (profiles == null) {
            return Optional.empty();
        }
        Map<String, String> stored = profiles.getCustomData(METADATA);
        if (stored == null || !stored.containsKey(SETTINGS)) {
            return Optional.empty();
        }
        return Optional.of(read(name, stored));
    }

    private static Catalog read(String name, Map<String, String> stored) {
        CatalogSettings settings = read(stored.get(SETTINGS));
        Optional<Generation> factors = generation(stored, GENERATION, SLOT);
        Map<String, Integer> models =
                stored.entrySet().stream()
                        .filter(e -> e.getKey().startsWith(MODEL_PREFIX))
                        .collect(
                                Collectors.toMap(
                                        e -> e.getKey().substring(MODEL_PREFIX.length()),
                                        e -> Integer.parseInt(e.getValue()),
                                        (a, b) -> b,
                                        TreeMap::new));
        return new Catalog(
                name,
                settings,
                factors,
                generation(stored, INCOMING, INCOMING_SLOT),
                Integer.parseInt(stored.getOrDefault(LAST_GENERATION, "0")),
                models,
                Tagging.read(stored, settings),
                Segmentation.read(stored));
    }

    private static Optional<Generation> generation(
            Map<String, String> stored, String number, String slot) {
        return stored.containsKey(number)
                ? Optional.of(
                        new Generation(Integer.parseInt(stored.get(number)), stored.get(slot)))
                : Optional.empty();
    }

    /**
     * Settings that the kept data of an unregistered catalog was made with; empty when there is
     * none.
     */
    static Optional<CatalogSettings> kept(ProjectMetadata metadata, String name) {
        IndexMetadata profiles = metadata.index(CompanionIndices.profiles(name));
        Map<String, String> stored = profiles == null ? null : profiles.getCustomData(METADATA);
        return stored == null || !stored.containsKey(KEPT)
                ? Optional.empty()
                : Optional.of(read(stored.get(KEPT)));
    }

    /**
     * Applies a change to what is stored.
     *
     * @param changes what one of the methods here made; none unregisters, and keeps the data
     * @throws ElasticsearchStatusException when another registration, training or label came first,
     *     or the catalog that the change is for is no more
     */
    static Map<String, String> apply(
            String name, Map<String, String> stored, Map<String, String> changes) {
        Map<String, String> changed = new HashMap<>(stored);
        String settings = stored.get(SETTINGS);
        if (changes.containsKey(SETTINGS)) {
            if (settings != null && !mayBecome(settings, changes.get(SETTINGS))) {
                throw new ElasticsearchStatusException(
                        "[{}] has been registered with other settings meanwhile",
                        RestStatus.CONFLICT,
                        name);
            }
            changed.remove(KEPT);
        } else if (settings == null) {
            throw new ResourceNotFoundException("[{}] has been unregistered meanwhile", name);
        } else if (changes.isEmpty()) {
            changed.put(KEPT, changed.remove(SETTINGS));
        } else if (isOvertaken(stored, changes)) {
            throw new ElasticsearchStatusException(
                    "another training of factors of [{}] was begun meanwhile",
                    RestStatus.CONFLICT,
                    name);
        }
        changed.putAll(changes);
        Segmentation.check(name, stored, changed);
        // What is nothing is not there.
        changed.values().removeIf(String::isEmpty);
        return changed;
    }

    /**
     * Whether a change is of a training that another has overtaken, or that was begun when this was
     * another catalog. To be put to use twice does no harm: a new master is asked again.
     */
    private static boolean isOvertaken(Map<String, String> stored, Map<String, String> changes) {
        int begun = Integer.parseInt(stored.getOrDefault(LAST_GENERATION, "0"));
        if (changes.containsKey(GENERATION)) {
            return !changes.get(GENERATION).equals(stored.get(INCOMING))
                    && !changes.get(GENERATION).equals(stored.get(GENERATION));
        }
        if (changes.containsKey(LAST_GENERATION)) {
            int number = Integer.parseInt(changes.get(LAST_GENERATION));
            return changes.containsKey(INCOMING_SLOT) ? number <= begun : number != begun;
        }
        return changes.containsKey(INCOMING) && Integer.parseInt(changes.get(INCOMING)) != begun;
    }

    /** Another registration may have come first: what shapes the data has to be as it said. */
    private static boolean mayBecome(String stored, String settings) {
        return read(stored).lastingDifferences(read(settings)).isEmpty();
    }

    private static CatalogSettings read(String settings) {
        return CatalogSettings.parse(Json.readText(settings));
    }

    /** The change that stores settings. */
    static Map<String, String> change(CatalogSettings settings) {
        return Map.of(SETTINGS, settings.toJson().toString());
    }

    /** The change that takes a number for a training, which nothing had before. */
    public static Map<String, String> begin(Generation generation) {
        return Map.of(
                LAST_GENERATION, Integer.toString(generation.number()),
                INCOMING, "",
                INCOMING_SLOT, "");
    }

    /** The change after which everybody who writes interest vectors writes this one's too. */
    public static Map<String, String> announce(Generation generation) {
        return Map.of(
                INCOMING, Integer.toString(generation.number()),
                INCOMING_SLOT, generation.slot());
    }

    /** The change that takes back what the training of a generation has announced. */
    public static Map<String, String> withdraw(Generation generation) {
        return Map.of(LAST_GENERATION, Integer.toString(generation.number()), INCOMING, "");
    }

    /** The change that puts the announced factor model to use. */
    public static Map<String, String> use(Generation generation) {
        return Map.of(
                GENERATION,
                Integer.toString(generation.number()),
                SLOT,
                generation.slot(),
                INCOMING,
                "",
                INCOMING_SLOT,
                "");
    }

    /** The change that makes a version of a model the active one. */
    public static Map<String, String> activate(String model, int version) {
        return Map.of(MODEL_PREFIX + model, Integer.toString(version));
    }

    /** The change that replaces all tag rules. */
    public static Map<String, String> change(TagRules rules) {
        return Tagging.change(rules);
    }

    /** The change that says what the users are like. */
    public static Map<String, String> change(Population population, Instant computedAt) {
        return Tagging.change(population, computedAt);
    }

    /** The change that says that all profiles have been tagged by something. */
    public static Map<String, String> tagged(Tagging by) {
        return Tagging.swept(by);
    }

    /** The change that puts a model of segments to use, in place of what is in use now. */
    public Map<String, String> useSegments(int version) {
        return Segmentation.use(version, segments);
    }

    /** The same for one that differs from what is in use now in labels only. */
    public Map<String, String> relabelSegments(int version) {
        return Segmentation.useAlike(version, segments.orElseThrow());
    }

    /** The change that says that all profiles have been gone over by the segments in use. */
    public Map<String, String> segmentsSwept(int day) {
        return Segmentation.swept(segments.orElseThrow(), day);
    }

    /** The 404 for segments that are not there. */
    public ResourceNotFoundException noSegments() {
        return new ResourceNotFoundException(
                "[{}] has no segments; find them with POST /{}/_persona/segments/_train",
                name,
                name);
    }

    /**
     * The name that a user is stored under, by the id that callers know.
     *
     * @throws ElasticsearchStatusException 503 when this node has not got the key of the pseudonyms
     */
    public UnaryOperator<String> storedNames(Pseudonyms pseudonyms) {
        return pseudonyms.of(name, settings.pseudonyms());
    }

    /** The generation that a training makes: a new number, in the slot that is not in use. */
    public Generation nextGeneration() {
        int number = Math.max(lastGeneration, factors.map(Generation::number).orElse(0)) + 1;
        boolean aInUse = factors.map(Generation::slot).orElse("b").equals("a");
        return new Generation(number, aInUse ? "b" : "a");
    }

    /** The generations that vectors are kept up for: the one in use, and the next. */
    public List<Generation> livingGenerations() {
        return Stream.concat(factors.stream(), incoming.stream()).toList();
    }

    /** The version of a model that searches use. */
    public OptionalInt activeVersion(String model) {
        Integer version = activeModels.get(model);
        return version == null ? OptionalInt.empty() : OptionalInt.of(version);
    }

    /**
     * The version of a model that searches use.
     *
     * @throws ResourceNotFoundException when no version is active
     */
    public int requireActiveVersion(String model) {
        return activeVersion(model).orElseThrow(() -> noModel(model));
    }

    /** The 404 for a ranking model that is not there. */
    public ResourceNotFoundException noModel(String model) {
        return new ResourceNotFoundException(
                "[{}] has no ranking model [{}], it has {}; train it with POST"
                        + " /{}/_persona/models/{}/_train",
                name,
                model,
                activeModels.keySet(),
                name,
                model);
    }

    /** Field of a product that holds its item vector in a slot. */
    public static String itemVectorField(String slot) {
        return ITEM_OBJECT + "." + itemVectorName(slot);
    }

    /** Field of a product that says which generation a slot holds. */
    public static String itemGenerationField(String slot) {
        return ITEM_OBJECT + "." + itemGenerationName(slot);
    }

    /** Field of a product that says how popular it is, in a slot. */
    public static String itemPopularityField(String slot) {
        return ITEM_OBJECT + "." + itemPopularityName(slot);
    }

    /** Field of a product that says how many users have taken to it of late, in a slot. */
    public static String itemRecentField(String slot) {
        return ITEM_OBJECT + "." + itemRecentName(slot);
    }

    /** Field of a product that holds its clicks over expected clicks, in a slot. */
    public static String itemClickRateField(String slot) {
        return ITEM_OBJECT + "." + itemClickRateName(slot);
    }

    /** The same without the object it is in. */
    public static String itemVectorName(String slot) {
        return "vector_" + slot;
    }

    /** The same without the object it is in. */
    public static String itemGenerationName(String slot) {
        return "generation_" + slot;
    }

    /** The same without the object it is in. */
    public static String itemRecentName(String slot) {
        return "recent_" + slot;
    }

    /** The same without the object it is in. */
    public static String itemPopularityName(String slot) {
        return "popularity_" + slot;
    }

    /** The same without the object it is in. */
    public static String itemClickRateName(String slot) {
        return "click_rate_" + slot;
    }

    /** Field of a profile document that holds the interest vector in a slot. */
    public static String interestVectorField(String slot) {
        return "interest_" + slot;
    }
}
