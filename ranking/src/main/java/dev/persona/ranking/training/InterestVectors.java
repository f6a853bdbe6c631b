package dev.persona.ranking.training;

import dev.persona.profiling.profile.Profile;

/** Gives the interest vector that a profile has at a time. */
@FunctionalInterface
public interface InterestVectors {
    /** No factor model has been trained: nobody has a vector. */
    InterestVectors NONE = (profile, time) -> new float[0];

    /**
     * The vector of a profile.
     *
     * @param time milliseconds since 1970
     * @return factors numbers, or none when there is no vector
     */
    float[] of(Profile profile, long time);
}
