package dev.persona.ranking.feature;

import dev.persona.profiling.profile.Profile;

/**
 * For whom a list is ordered, and when.
 *
 * @param profile what the user likes
 * @param interest the user's interest vector; empty when there is none
 * @param now the time in milliseconds since 1970
 */
public record Viewer(Profile profile, float[] interest, long now) {}
