package dev.persona.profiling.json;

import java.util.Collection;
import java.util.Locale;
import java.util.Optional;

/** Finds the known name that somebody who mistyped one most likely meant. */
public final class NearestName {
    private NearestName() {}

    /**
     * The known name with the smallest edit distance (Levenshtein 1966) when case is ignored, if it
     * is at most a third of the name's length or two edits, whichever is more.
     */
    public static Optional<String> of(String name, Collection<String> known) {
        String best = null;
        String lower = name.toLowerCase(Locale.ROOT);
        int bestDistance = Math.max(2, name.length() / 3) + 1;
        for (String candidate : known) {
            // Never nearer than the lengths are: what is absurdly long costs nothing.
            if (Math.abs(lower.length() - candidate.length()) >= bestDistance) {
                continue;
            }
            int distance = distance(lower, candidate.toLowerCase(Locale.ROOT));
            if (distance < bestDistance) {
                best = candidate;
                bestDistance = distance;
            }
        }
        return Optional.ofNullable(best);
    }

    private static int distance(String a, String b) {
        int[] previous = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            previous[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int[] current = new int[b.length() + 1];
            current[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int replaced = previous[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                current[j] = Math.min(replaced, Math.min(previous[j], current[j - 1]) + 1);
            }
            previous = current;
        }
        return previous[b.length()];
    }
}
