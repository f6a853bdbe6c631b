package dev.persona.profiling.tag;

import dev.persona.profiling.event.EventType;
import dev.persona.profiling.json.InvalidFieldException;
import dev.persona.profiling.json.JsonFields;
import dev.persona.profiling.json.NearestName;
import dev.persona.profiling.profile.Affinities;
import dev.persona.profiling.profile.Population;
import dev.persona.profiling.profile.Profile;
import dev.persona.profiling.profile.TypeCount;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Function;

/** A field that a tag rule can ask for: its name, and how its value is found. */
final class TagField {
    private static final String EVENTS = "events.";
    private static final String CHANNELS = "channels.";
    private static final String AFFINITY = "affinity.";
    private static final String ATTRIBUTES = "attributes.";

    /** Fields without a name of the shop's in them. */
    private static final Map<String, Function<TagView, Optional<Object>>> FIXED = fixed();

    /** What can be asked of the events of one type. */
    private static final List<String> MEASURES =
            List.of("total", "days_1", "days_7", "days_30", "days_90", "decayed");

    private final String name;
    private final Function<TagView, Optional<Object>> value;

    private TagField(String name, Function<TagView, Optional<Object>> value) {
        this.name = name;
        this.value = value;
    }

    private static Map<String, Function<TagView, Optional<Object>>> fixed() {
        Map<String, Function<TagView, Optional<Object>>> fields = new LinkedHashMap<>();
        fields.put("first_seen_days", v -> daysSince(v, v.profile().firstSeen()));
        fields.put("last_seen_days", v -> daysSince(v, v.profile().lastSeen()));
        fields.put("purchases.total", v -> number(v.profile().purchases().total()));
        fields.put("purchases.days", v -> number(v.profile().purchases().days()));
        fields.put(
                "purchases.monetary",
                v -> number(v.profile().purchases().monetary().doubleValue()));
        fields.put("purchases.cycle_days", v -> number(v.profile().purchases().cycleDays()));
        fields.put("purchases.last_days", v -> number(lastDays(v)));
        fields.put("purchases.overdue", v -> number(overdue(v)));
        fields.put("score.recency", v -> score(v, Population::recencyScore));
        fields.put("score.frequency", v -> score(v, Population::frequencyScore));
        fields.put("score.monetary", v -> score(v, Population::monetaryScore));
        fields.put("score.price", v -> score(v, Population::priceScore));
        fields.put("share.night", v -> number(v.profile().activeTimes().nightShare()));
        fields.put("share.weekend", v -> number(v.profile().activeTimes().weekendShare()));
        fields.put("sessions", v -> number(v.profile().sessions().count()));
        fields.put(
                "price.mean",
                v ->
                        v.profile().price().isKnown()
                                ? number(Math.exp(v.profile().price().meanLog()))
                                : Optional.empty());
        return fields;
    }

    /**
     * The field of a name.
     *
     * @param path where the name stands, for the message
     * @param custom names of the event types that the catalog has declared
     * @throws InvalidFieldException when there is no such field, naming the nearest
     */
    static TagField named(String name, String path, Set<String> custom) {
        Function<TagView, Optional<Object>> value = FIXED.get(name);
        if (value == null && name.startsWith(EVENTS)) {
            value = event(name, path, custom);
        } else if (value == null && isIn(CHANNELS, name)) {
            String channel = name.substring(CHANNELS.length());
            value = v -> number(v.profile().channels().of(channel));
        } else if (value == null && isIn(AFFINITY, name)) {
            value = affinity(name, path);
        } else if (value == null && isIn(ATTRIBUTES, name)) {
            String key = name.substring(ATTRIBUTES.length());
            value = v -> Optional.ofNullable(v.attributes().get(key));
        }
        if (value == null) {
            throw unknown(name, path, candidates(custom));
        }
        return new TagField(name, value);
    }

    private static boolean isIn(String group, String name) {
        return name.startsWith(group) && name.length() > group.length();
    }

    private static Function<TagView, Optional<Object>> event(
            String name, String path, Set<String> custom) {
        int dot = name.lastIndexOf('.');
        String id = dot < EVENTS.length() ? "" : name.substring(EVENTS.length(), dot);
        boolean known = EventType.standard(id).isPresent() || custom.contains(id);
        if (!known || !MEASURES.contains(name.substring(dot + 1))) {
            throw unknown(name, path, candidates(custom));
        }
        EventType type = EventType.named(id);
        return switch (name.substring(dot + 1)) {
            case "total" -> v -> number(v.profile().count(type));
            case "days_1" -> v -> lastDays(v, type, 1);
            case "days_7" -> v -> lastDays(v, type, 7);
            case "days_30" -> v -> lastDays(v, type, 30);
            case "days_90" -> v -> lastDays(v, type, 90);
            default -> v -> number(decayed(v, type));
        };
    }

    private static Optional<Object> lastDays(TagView view, EventType type, int days) {
        Optional<TypeCount> count = view.profile().events().of(type);
        return number(count.isEmpty() ? 0 : count.get().lastDays(days, view.today()));
    }

    private static double decayed(TagView view, EventType type) {
        return view.profile()
                .events()
                .of(type)
                .map(count -> count.decayed(view.now(), view.profile().rules().decay()))
                .orElse(0.0);
    }

    /** Names of attributes may have dots in them, and so may values: the profile tells. */
    private static Function<TagView, Optional<Object>> affinity(String name, String path) {
        String rest = name.substring(AFFINITY.length());
        int first = rest.indexOf('.');
        if (first < 1 || first == rest.length() - 1) {
            throw new InvalidFieldException(
                    path,
                    "must be affinity.<attribute>.<value>, was [" + JsonFields.shorten(name) + "]");
        }
        return view -> {
            Affinities affinities = view.profile().affinities();
            for (int dot = first; dot > 0; dot = rest.indexOf('.', dot + 1)) {
                double positive = affinities.positive(rest.substring(0, dot));
                if (positive > 0) {
                    double sum =
                            affinities
                                    .of(rest.substring(0, dot))
                                    .getOrDefault(rest.substring(dot + 1), 0.0);
                    return number(Math.max(sum, 0) / positive);
                }
            }
            return Optional.empty();
        };
    }

    private static InvalidFieldException unknown(String name, String path, List<String> known) {
        return new InvalidFieldException(
                path,
                "is no field of a profile: ["
                        + JsonFields.shorten(name)
                        + "]"
                        + NearestName.of(name, known)
                                .map(near -> ", did you mean [" + near + "]?")
                                .orElse(
                                        ", known are "
                                                + FIXED.keySet()
                                                + ", events.<type>."
                                                + MEASURES
                                                + ", channels.<name>,"
                                                + " affinity.<attribute>.<value>"
                                                + " and attributes.<key>"));
    }

    private static List<String> candidates(Set<String> custom) {
        List<String> names = new ArrayList<>(FIXED.keySet());
        List<String> types = new ArrayList<>(EventType.ids());
        types.addAll(custom);
        types.forEach(type -> MEASURES.forEach(m -> names.add(EVENTS + type + "." + m)));
        return names;
    }

    private static Optional<Object> daysSince(TagView view, long time) {
        Profile profile = view.profile();
        return profile.isEmpty()
                ? Optional.empty()
                : number((double) view.today() - profile.calendar().day(time));
    }

    private static OptionalDouble lastDays(TagView view) {
        OptionalInt day = view.profile().purchases().lastDay();
        return day.isEmpty()
                ? OptionalDouble.empty()
                : OptionalDouble.of((double) view.today() - day.getAsInt());
    }

    private static OptionalDouble overdue(TagView view) {
        OptionalDouble cycle = view.profile().purchases().cycleDays();
        return cycle.isEmpty()
                ? OptionalDouble.empty()
                : OptionalDouble.of(lastDays(view).orElseThrow() / cycle.getAsDouble());
    }

    /** How a population sees a profile. */
    private interface Score {
        OptionalInt of(Population population, Profile profile);
    }

    private static Optional<Object> score(TagView view, Score score) {
        OptionalInt found =
                view.population().isEmpty()
                        ? OptionalInt.empty()
                        : score.of(view.population().get(), view.profile());
        return found.isEmpty() ? Optional.empty() : number(found.getAsInt());
    }

    private static Optional<Object> number(double value) {
        return Optional.of(value);
    }

    private static Optional<Object> number(OptionalDouble value) {
        return value.isEmpty() ? Optional.empty() : number(value.getAsDouble());
    }

    String name() {
        return name;
    }

    /** Its value: a number, text or boolean; empty when it is missing. */
    Optional<Object> value(TagView view) {
        return value.apply(view);
    }
}
