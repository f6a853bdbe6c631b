package dev.persona.plugin.recommend;

import dev.persona.plugin.generation.LearnedItems;
import dev.persona.profiling.profile.BoughtItem;
import dev.persona.ranking.recommend.Relations;
import dev.persona.ranking.recommend.Source;

import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Candidates from what is in memory, by id: related items, what was bought, what users take to
 * most. Whether they are there and pass the filter is not known yet.
 */
final class Nominations {
    private static final int MOST_BOUGHT = 200;

    private final RecommendCall call;
    private final Seeker seeker;
    private final Map<String, Candidate> candidates = new LinkedHashMap<>();

    private Nominations(RecommendCall call, Seeker seeker) {
        this.call = call;
        this.seeker = seeker;
    }

    /**
     * The candidates of all sources that the call asks for.
     *
     * @param most of a source
     */
    static Collection<Candidate> of(
            RecommendCall call,
            Seeker seeker,
            Optional<LearnedItems> learned,
            Optional<Relations> relations,
            int most) {
        Nominations nominations = new Nominations(call, seeker);
        relations.ifPresent(all -> nominations.add(Source.CO_OCCURRENCE, all.closest(most)));
        nominations.add(Source.REPEAT, mostBought(seeker.shopper().bought().values()));
        seeker.segment()
                .ifPresent(segment -> nominations.add(Source.SEGMENT, segment.favourites()));
        learned.ifPresent(
                items -> {
                    nominations.add(Source.TRENDING, items.leaders().trending());
                    nominations.add(Source.POPULAR, items.leaders().popular());
                });
        return nominations.candidates.values();
    }

    private void add(Source source, List<String> items) {
        if (!call.sources().contains(source)) {
            return;
        }
        for (String item : items) {
            if (!seeker.excluded().contains(item)) {
                candidates
                        .computeIfAbsent(item, id -> new Candidate("", id, List.of()))
                        .from(source);
            }
        }
    }

    private static List<String> mostBought(Collection<BoughtItem> items) {
        return items.stream()
                .sorted(
                        Comparator.comparingInt((BoughtItem item) -> -item.days())
                                .thenComparingInt(item -> -item.lastDay())
                                .thenComparing(BoughtItem::item))
                .limit(MOST_BOUGHT)
                .map(BoughtItem::item)
                .toList();
    }
}
