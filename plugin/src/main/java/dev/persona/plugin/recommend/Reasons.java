package dev.persona.plugin.recommend;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.persona.plugin.generation.LearnedItems;
import dev.persona.profiling.factorization.Contributions;
import dev.persona.profiling.factorization.IdIndex;
import dev.persona.profiling.profile.BoughtItem;
import dev.persona.ranking.recommend.Relations;
import dev.persona.ranking.recommend.Source;
import dev.persona.ranking.signal.ItemSignals;

import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Says of a recommended item where it comes from and which of the user's items led to it. */
final class Reasons {
    /** How many of the user's items are named. */
    private static final int MOST = 3;

    private final Seeker seeker;
    private final Optional<LearnedItems> learned;
    private final Optional<Relations> relations;
    private final Optional<Contributions> contributions;

    Reasons(Seeker seeker, Optional<LearnedItems> learned, Optional<Relations> relations) {
        this.seeker = seeker;
        this.learned = learned;
        this.relations = relations;
        this.contributions =
                seeker.history()
                        .map(
                                history ->
                                        learned.orElseThrow()
                                                .factors()
                                                .foldIn()
                                                .contributions(history.rows(), history.weights()));
    }

    /** Adds an object for each source. */
    void write(Candidate candidate, ArrayNode sources) {
        for (Source source : candidate.sources()) {
            ObjectNode json = sources.addObject();
            json.put("source", source.id());
            switch (source) {
                case INTEREST -> interest(candidate.id(), json);
                case CO_OCCURRENCE ->
                        relations
                                .flatMap(all -> all.because(candidate.id()))
                                .ifPresent(item -> json.putArray("items").add(item));
                case REPEAT -> repeat(seeker.shopper().bought().get(candidate.id()), json);
                case SEGMENT -> json.put("segment", seeker.segment().orElseThrow().name());
                case TRENDING, POPULAR -> {}
            }
        }
    }

    private void interest(String id, ObjectNode json) {
        int row = learned.map(items -> items.factors().items().indexOf(id)).orElse(IdIndex.ABSENT);
        if (contributions.isEmpty() || row == IdIndex.ABSENT) {
            return;
        }
        ItemSignals.History history = seeker.history().orElseThrow();
        float[] parts = contributions.get().to(learned.orElseThrow().factors().vector(row));
        List<String> strongest =
                IntStream.range(0, parts.length)
                        .boxed()
                        .filter(i -> parts[i] > 0)
                        .sorted(Comparator.comparingDouble(i -> -parts[i]))
                        .limit(MOST)
                        .map(history.ids()::get)
                        .toList();
        ArrayNode items = json.putArray("items");
        strongest.forEach(items::add);
    }

    private static void repeat(BoughtItem bought, ObjectNode json) {
        json.put("days", bought.days());
        json.put("last", LocalDate.ofEpochDay(bought.lastDay()).toString());
        bought.cycleDays().ifPresent(cycle -> json.put("cycle_days", cycle));
    }
}
