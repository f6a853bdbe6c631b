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
        add(BuyerFigures.of(profile));
    }

    /** Adds a user by the numbers of the profile. */
    public void add(BuyerFigures figures) {
        if (figures.lastDay().isPresent()) {
            recency.add(figures.lastDay().getAsInt());
            frequency.add(figures.days());
            monetary.add(figures.monetary());
            users++;
        }
        figures.meanLogPrice().ifPresent(price::add);
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
