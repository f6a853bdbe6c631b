package dev.persona.profiling.tag;

import dev.persona.profiling.profile.Population;
import dev.persona.profiling.profile.Profile;

import java.util.Map;
import java.util.Optional;

/**
 * What tag rules look at.
 *
 * @param profile what the user does
 * @param attributes what is stated of the user: texts, numbers, booleans
 * @param population what the users of the catalog are like, where that is known
 * @param now time in milliseconds since 1970
 */
public record TagView(
        Profile profile,
        Map<String, Object> attributes,
        Optional<Population> population,
        long now) {

    /** Number of the local day of now. */
    int today() {
        return profile.calendar().day(now);
    }

    /** The same user at another time. */
    TagView at(long time) {
        return new TagView(profile, attributes, population, time);
    }
}
