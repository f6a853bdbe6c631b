package dev.persona.plugin.recommend;

import dev.persona.ranking.recommend.Blend;

import java.util.List;
import java.util.Map;

/**
 * One recommended item.
 *
 * @param candidate the product
 * @param parts of its score
 * @param facts what the score was made of
 * @param popularity by which items of the same score are ordered
 */
record Recommended(
        Candidate candidate, Blend.Parts parts, Blend.Candidate facts, double popularity) {
    double score() {
        return parts.score();
    }

    /** Leaves out items whose values others have used up, the best first. */
    static List<Recommended> diverse(
            List<Recommended> ordered, int max, int size, Map<Object, Integer> counts) {
        return ordered.stream()
                .filter(
                        one -> {
                            List<Object> values = one.candidate.values();
                            if (values.stream()
                                    .anyMatch(value -> counts.getOrDefault(value, 0) >= max)) {
                                return false;
                            }
                            values.forEach(value -> counts.merge(value, 1, Integer::sum));
                            return true;
                        })
                .limit(size)
                .toList();
    }
}
