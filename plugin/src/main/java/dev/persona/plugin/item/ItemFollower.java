package dev.persona.plugin.item;

import dev.persona.plugin.catalog.Catalog;
import dev.persona.plugin.catalog.Catalogs;
import dev.persona.plugin.generation.LearnedItems;
import dev.persona.plugin.generation.LoadedGenerations;

import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.elasticsearch.ExceptionsHelper;
import org.elasticsearch.action.bulk.BulkItemResponse;
import org.elasticsearch.action.bulk.BulkRequest;
import org.elasticsearch.action.get.MultiGetItemResponse;
import org.elasticsearch.action.get.MultiGetRequest;
import org.elasticsearch.action.get.MultiGetResponse;
import org.elasticsearch.action.support.PlainActionFuture;
import org.elasticsearch.client.internal.Client;
import org.elasticsearch.common.util.concurrent.EsRejectedExecutionException;
import org.elasticsearch.core.TimeValue;
import org.elasticsearch.rest.RestStatus;
import org.elasticsearch.search.fetch.subphase.FetchSourceContext;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Fills in what generations say of products that the shop has written, shortly after it has. What a
 * node forgets when it dies, or has no room to remember, the upkeep finds by a search.
 */
final class ItemFollower {
    private static final Logger logger = LogManager.getLogger(ItemFollower.class);

    /** Products that are written together are filled in together. */
    private static final TimeValue DELAY = TimeValue.timeValueMillis(300);

    private static final TimeValue RETRY = TimeValue.timeValueSeconds(2);
    private static final TimeValue PATIENCE = TimeValue.timeValueSeconds(60);
    private static final int BATCH = 500;
    private static final int MOST_WAITING = 200_000;

    private final String catalogName;
    private final Catalogs catalogs;
    private final LoadedGenerations generations;
    private final Client client;
    private final Executor executor;
    private final AtomicLong filled = new AtomicLong();

    // Guarded by this.
    private final Set<Product> waiting = new LinkedHashSet<>();
    private boolean scheduled;
    private int failures;

    ItemFollower(
            String catalogName,
            Catalogs catalogs,
            LoadedGenerations generations,
            Client client,
            Executor executor) {
        this.catalogName = catalogName;
        this.catalogs = catalogs;
        this.generations = generations;
        this.client = client;
        this.executor = executor;
    }

    /** Where a product is. */
    record Product(String index, String id, Optional<String> routing) {}

    /** Notes down that a product has to be looked at. Quick. */
    synchronized void add(Product product) {
        if (waiting.size() < MOST_WAITING) {
            waiting.add(product);
        }
        schedule(DELAY);
    }

    synchronized int waiting() {
        return waiting.size();
    }

    long filled() {
        return filled.get();
    }

    private synchronized void schedule(TimeValue delay) {
        if (scheduled) {
            return;
        }
        try {
            scheduled = true;
            client.threadPool().schedule(this::run, delay, executor);
        } catch (EsRejectedExecutionException e) {
            // The node is going.
            scheduled = false;
        }
    }

    private synchronized List<Product> next() {
        List<Product> batch = new ArrayList<>();
        Iterator<Product> products = waiting.iterator();
        while (products.hasNext() && batch.size() < BATCH) {
            batch.add(products.next());
            products.remove();
        }
        return batch;
    }

    private void run() {
        List<Product> batch = next();
        try {
            Optional<Catalog> catalog = catalogs.find(catalogName);
            List<Product> left =
                    catalog.isPresent() ? fill(catalog.get(), batch) : List.<Product>of();
            if (left.isEmpty()) {
                done();
            } else {
                again(left, "not all could be read and written");
            }
        } catch (RuntimeException e) {
            again(batch, ExceptionsHelper.unwrapCause(e).toString());
        }
    }

    private synchronized void done() {
        failures = 0;
        scheduled = false;
        if (!waiting.isEmpty()) {
            schedule(TimeValue.ZERO);
        }
    }

    private synchronized void again(Collection<Product> batch, String why) {
        waiting.addAll(batch);
        failures++;
        // A failure or two is everyday life: a node that goes, a shard that moves.
        if (failures == 4) {
            logger.warn(
                    "products of [{}] cannot be given their vectors, trying again: {}",
                    catalogName,
                    why);
        }
        scheduled = false;
        schedule(RETRY);
    }

    /** Gives those that have to be tried again. */
    private List<Product> fill(Catalog catalog, List<Product> batch) {
        Living living = living(catalog);
        if (living.loaded().isEmpty()) {
            living.failure()
                    .ifPresent(
                            e -> {
                                throw e;
                            });
            return List.of();
        }
        List<Product> again = new ArrayList<>();
        List<Product> sent = new ArrayList<>();
        ItemFields fields = new ItemFields(living.loaded());
        BulkRequest updates = new BulkRequest();
        int next = 0;
        for (MultiGetItemResponse found : read(catalog, batch)) {
            Product product = batch.get(next++);
            if (found.isFailed()) {
                if (isForAWhile(ExceptionsHelper.status(found.getFailure().getFailure()))) {
                    again.add(product);
                }
            } else if (found.getResponse().isExists()) {
                sent.add(product);
                updates.add(
                        fields.update(
                                product.index(),
                                product.id(),
                                product.routing().orElse(null),
                                new ItemSource(catalog.settings())
                                        .description(found.getResponse().getSourceAsMap())));
            }
        }
        if (updates.numberOfActions() > 0) {
            send(updates, sent, again);
        }
        // What lacks a generation that could not be had just now.
        return living.failure().isPresent() ? batch : again;
    }

    /**
     * The generations that products are to have.
     *
     * @param failure why one of them cannot be had
     */
    private record Living(
            Map<Catalog.Generation, LearnedItems> loaded, Optional<RuntimeException> failure) {}

    private Living living(Catalog catalog) {
        Map<Catalog.Generation, LearnedItems> loaded = new HashMap<>();
        Optional<RuntimeException> failure = Optional.empty();
        for (Catalog.Generation generation : catalog.livingGenerations()) {
            PlainActionFuture<LearnedItems> items = new PlainActionFuture<>();
            generations.load(catalog, generation, items);
            try {
                loaded.put(generation, items.actionGet(PATIENCE));
            } catch (RuntimeException e) {
                failure = Optional.of(e);
            }
        }
        return new Living(loaded, failure);
    }

    private MultiGetResponse read(Catalog catalog, List<Product> batch) {
        FetchSourceContext wanted =
                FetchSourceContext.of(
                        true, new ItemSource(catalog.settings()).fields(), new String[0]);
        MultiGetRequest request = new MultiGetRequest();
        for (Product product : batch) {
            request.add(
                    new MultiGetRequest.Item(product.index(), product.id())
                            .routing(product.routing().orElse(null))
                            .fetchSourceContext(wanted));
        }
        return client.multiGet(request).actionGet(PATIENCE);
    }

    private static boolean isForAWhile(RestStatus status) {
        return status == RestStatus.TOO_MANY_REQUESTS
                || status == RestStatus.CONFLICT
                || status.getStatus() >= RestStatus.INTERNAL_SERVER_ERROR.getStatus();
    }

    private void send(BulkRequest updates, List<Product> sent, List<Product> again) {
        int next = 0;
        for (BulkItemResponse item : client.bulk(updates).actionGet(PATIENCE)) {
            Product product = sent.get(next++);
            if (!item.isFailed()) {
                filled.incrementAndGet();
            } else if (isForAWhile(item.status())) {
                again.add(product);
            } else if (item.status() != RestStatus.NOT_FOUND) {
                // A product that cannot be written this way now will not be later.
                logger.debug("a product cannot be filled in", item.getFailure().getCause());
            }
        }
    }
}
