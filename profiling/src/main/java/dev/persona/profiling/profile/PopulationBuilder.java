package dev.persona.profiling.profile;

import java.util.stream.DoubleStream;

/** Takes in the profiles of a catalog, one after the other: at most four numbers of each. */
public final class PopulationBuilder {
    private final DoubleStream.Builder recency = DoubleStream.builder();
    private final DoubleStream.Builder frequency = DoubleStream.builder();
    private final DoubleStream.Builder monetary = DoubleStream.builder();
    private final DoubleStream.Builder price = DoubleStream.builder();
    private long users;

    /** Knows of nobody yet. */
    public PopulationBuilder() {}

    /** Adds a user. */
    public void add(Profile profile) {
        Purchases purchases = profile.purchases();
        if (purchases.total() > 0) {
            recency.add(purchases.lastDay().orElseThrow());
            frequency.add(purchases.days());
            monetary.add(purchases.monetary().doubleValue());
            users++;
        }
        if (profile.price().isKnown()) {
            price.add(profile.price().meanLog());
        }
    }

    /** The population; nothing can be added afterwards. */
    public Population build() {
        return new Population(
                Boundaries.of(recency.build().toArray()),
                Boundaries.of(frequency.build().toArray()),
                Boundaries.of(monetary.build().toArray()),
                Boundaries.of(price.build().toArray()),
                users);
    }
}
