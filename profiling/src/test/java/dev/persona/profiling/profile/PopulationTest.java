package dev.persona.profiling.profile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.persona.profiling.event.EventType;
import dev.persona.profiling.event.ItemFacts;
import dev.persona.profiling.json.InvalidFieldException;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Random;

class PopulationTest {
    @Test
    void boundariesArePercentilesByNearestRank() {
        assertEquals(
                List.of(2.0, 4.0, 6.0, 8.0),
                Boundaries.of(new double[] {10, 9, 8, 7, 6, 5, 4, 3, 2, 1}).values());
        assertEquals(List.of(7.0, 7.0, 7.0, 7.0), Boundaries.of(new double[] {7}).values());
        Random random = new Random(2);
        for (int n = 1; n < 60; n++) {
            double[] values = random.doubles(n).toArray();
            List<Double> sorted = Arrays.stream(values).sorted().boxed().toList();
            for (int i = 0; i < 4; i++) {
                int rank = (int) Math.ceil((20 * (i + 1)) * n / 100.0);
                assertEquals(sorted.get(rank - 1), Boundaries.of(values).values().get(i));
            }
        }
    }

    @Test
    void aScoreIsOneMoreThanTheBoundariesBelow() {
        Boundaries boundaries = new Boundaries(List.of(1.0, 2.0, 2.0, 5.0));
        assertEquals(OptionalInt.of(1), boundaries.score(1));
        assertEquals(OptionalInt.of(2), boundaries.score(2));
        assertEquals(OptionalInt.of(4), boundaries.score(2.1));
        assertEquals(OptionalInt.of(5), boundaries.score(6));
        assertEquals(OptionalInt.empty(), Boundaries.NONE.score(6));
    }

    @Test
    void boundariesThatAreNoneAreRefused() {
        assertThrows(InvalidFieldException.class, () -> new Boundaries(List.of(1.0, 2.0, 3.0)));
        assertThrows(
                InvalidFieldException.class, () -> new Boundaries(List.of(1.0, 3.0, 2.0, 4.0)));
    }

    @Test
    void onlyBuyersAreComparedAndForPricesThoseWithOne() {
        ProfileRules rules = Visits.rules(Visits.DAY);
        PopulationBuilder builder = new PopulationBuilder();
        Profile looker = new Profile(rules);
        looker.apply(
                Visits.event(EventType.CLICK, Visits.START, "p", new ItemFacts(Map.of(), Math.E)));
        Profile buyer = new Profile(rules);
        buyer.apply(Visits.event(EventType.PURCHASE, Visits.START, "p", ItemFacts.UNKNOWN));
        builder.add(looker);
        builder.add(buyer);
        Population population = builder.build();

        assertEquals(1, population.users());
        assertEquals(1.0, population.price().values().get(0), 1e-12);
        assertEquals(Math.floorDiv(Visits.START, Visits.DAY), population.recency().values().get(0));
        assertEquals(OptionalInt.of(1), population.frequencyScore(buyer));
        assertEquals(OptionalInt.empty(), population.monetaryScore(looker));
        assertEquals(OptionalInt.empty(), population.priceScore(buyer));
        assertEquals(population, Population.read(population.toJson()));
    }

    @Test
    void whoPaysTheSameScoresTheSameWheneverThatWas() {
        PopulationBuilder builder = new PopulationBuilder();
        List<Profile> buyers = new ArrayList<>();
        Random random = new Random(3);
        for (int user = 0; user < 50; user++) {
            Profile buyer = new Profile(Visits.rules(Visits.DAY));
            for (int i = 0; i <= user; i++) {
                long time = Visits.START + random.nextInt(100) * (Visits.DAY / 7);
                buyer.apply(
                        Visits.event(EventType.CLICK, time, "p", new ItemFacts(Map.of(), 9.99)));
            }
            builder.add(buyer);
            buyers.add(buyer);
        }
        Population population = builder.build();

        for (Profile buyer : buyers) {
            assertEquals(OptionalInt.of(1), population.priceScore(buyer));
        }
    }

    @Test
    void figuresThatWereStoredMakeTheSamePopulation() {
        PopulationBuilder ofProfiles = new PopulationBuilder();
        PopulationBuilder ofFigures = new PopulationBuilder();
        for (int user = 1; user < 20; user++) {
            Profile buyer = new Profile(Visits.rules(Visits.DAY));
            buyer.apply(
                    Visits.event(
                            EventType.PURCHASE,
                            Visits.START + user * Visits.DAY,
                            "p",
                            new ItemFacts(Map.of(), user)));
            ofProfiles.add(buyer);
            int day = (int) Math.floorDiv(Visits.START, Visits.DAY) + user;
            double price = Math.rint(Math.log(user) * 1e9) / 1e9;
            ofFigures.add(new BuyerFigures(OptionalInt.of(day), 1, user, OptionalDouble.of(price)));
        }

        assertEquals(ofProfiles.build(), ofFigures.build());
    }
}
