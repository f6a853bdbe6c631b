package dev.persona.demo.node;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The first hits of one held-out search and where personalization puts them.
 *
 * @param ids the window in first-pass order
 * @param personalized for each id of the window, a key that is higher the earlier it stands in the
 *     personalised answer; what that answer lacks comes last
 */
public record Window(List<String> ids, double[] personalized) {

    static Window of(List<Hit> firstPass, List<Hit> personalized) {
        Map<String, Integer> places = new HashMap<>();
        for (Hit hit : personalized) {
            places.put(hit.id(), places.size());
        }
        List<String> ids = firstPass.stream().map(Hit::id).toList();
        double[] keys =
                ids.stream()
                        .mapToDouble(id -> -places.getOrDefault(id, Integer.MAX_VALUE))
                        .toArray();
        return new Window(ids, keys);
    }
}
