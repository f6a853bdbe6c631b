package dev.persona.plugin.upkeep;

import dev.persona.plugin.catalog.Catalog;
import dev.persona.plugin.catalog.CompanionIndices;
import dev.persona.plugin.catalog.UpdateCatalogAction;
import dev.persona.plugin.task.IndexScan;
import dev.persona.profiling.profile.BuyerFigures;
import dev.persona.profiling.profile.Population;
import dev.persona.profiling.profile.PopulationBuilder;

import org.elasticsearch.client.internal.Client;
import org.elasticsearch.common.document.DocumentField;
import org.elasticsearch.index.query.QueryBuilders;
import org.elasticsearch.search.SearchHit;
import org.elasticsearch.search.builder.SearchSourceBuilder;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * Finds out what the users of a catalog are like, from numbers that stand beside each profile: the
 * profiles themselves are not read.
 */
final class PopulationCount {
    private static final String LAST_DAY = "rfm.last_day";
    private static final String DAYS = "rfm.days";
    private static final String MONETARY = "rfm.monetary";
    private static final String MEAN_LOG_PRICE = "rfm.mean_log_price";

    private final Client client;
    private final Lease lease;

    PopulationCount(Client client, Lease lease) {
        this.client = client;
        this.lease = lease;
    }

    /** Stores the population in the catalog, and says whether it is another one than before. */
    boolean update(Catalog catalog) {
        long now = client.threadPool().absoluteTimeInMillis();
        Population found = count(catalog);
        Optional<Population> known = catalog.tagging().population();
        boolean nobody = found.users() == 0 && found.price().values().isEmpty();
        if (known.equals(Optional.of(found)) || (known.isEmpty() && nobody)) {
            return false;
        }
        UpdateCatalogAction.change(
                client, catalog.name(), Catalog.change(found, Instant.ofEpochMilli(now)));
        return true;
    }

    private Population count(Catalog catalog) {
        PopulationBuilder population = new PopulationBuilder();
        SearchSourceBuilder search =
                new SearchSourceBuilder()
                        .query(
                                QueryBuilders.boolQuery()
                                        .should(QueryBuilders.existsQuery(LAST_DAY))
                                        .should(QueryBuilders.existsQuery(MEAN_LOG_PRICE))
                                        .mustNot(QueryBuilders.existsQuery("merged_into"))
                                        .minimumShouldMatch(1))
                        .fetchSource(false)
                        .sort("_shard_doc");
        for (String field : new String[] {LAST_DAY, DAYS, MONETARY, MEAN_LOG_PRICE}) {
            search.docValueField(field);
        }
        new IndexScan(client)
                .run(
                        CompanionIndices.profiles(catalog.name()),
                        search,
                        (done, total) -> lease.check(),
                        hit -> population.add(figures(hit)));
        return population.build();
    }

    private static BuyerFigures figures(SearchHit hit) {
        Optional<Number> lastDay = number(hit, LAST_DAY);
        Optional<Number> price = number(hit, MEAN_LOG_PRICE);
        return new BuyerFigures(
                lastDay.isEmpty() ? OptionalInt.empty() : OptionalInt.of(lastDay.get().intValue()),
                number(hit, DAYS).orElse(0).intValue(),
                number(hit, MONETARY).orElse(0).doubleValue(),
                price.isEmpty()
                        ? OptionalDouble.empty()
                        : OptionalDouble.of(price.get().doubleValue()));
    }

    private static Optional<Number> number(SearchHit hit, String name) {
        DocumentField field = hit.field(name);
        // A document without a value may have the field all the same, with none in it.
        return field == null ? Optional.empty() : Optional.ofNullable(field.getValue());
    }
}
