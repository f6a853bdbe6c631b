package dev.persona.profiling.segment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.persona.profiling.event.EventType;
import dev.persona.profiling.profile.Profile;
import dev.persona.profiling.segment.SegmentDescription.AttributeValue;
import dev.persona.profiling.segment.SegmentDescription.Difference;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;

class SegmentStatisticsTest {
    private static final String[] BRANDS = {"acme", "bolt", "cask"};
    private static final double[] PRICES = {10, 40, 160};

    /** 300 who click in turns on brands and at prices of three kinds; the third kind buys too. */
    private static List<Profile> shoppers() {
        Random random = new Random(1);
        List<Profile> profiles = new ArrayList<>();
        for (int user = 0; user < 300; user++) {
            int kind = user % 3;
            Profile profile = Shoppers.clicking(random, BRANDS[kind], PRICES[kind]);
            if (kind == 2) {
                profile.apply(
                        Shoppers.event(EventType.PURCHASE, Shoppers.NOW - user, 160, "cask", "s"));
            }
            profiles.add(profile);
        }
        return profiles;
    }

    private static float[] features(Profile profile) {
        return SegmentFeatures.of(profile, new float[0], 0, Shoppers.NOW);
    }

    private static SegmentModel model(List<Profile> profiles) {
        SegmentUsers users =
                Crowd.users(
                        profiles.stream().map(SegmentStatisticsTest::features).toList(),
                        0,
                        user -> Optional.empty());
        return Crowd.train(users, 3, 1);
    }

    /** All users, put in segments by their kind. */
    private static SegmentStatistics statistics(List<Profile> profiles) {
        SegmentStatistics statistics = new SegmentStatistics(model(profiles));
        for (int user = 0; user < profiles.size(); user++) {
            Set<String> tags = user % 3 == 0 ? Set.of("night_owl", "new_user") : Set.of("new_user");
            statistics.add(user % 3, features(profiles.get(user)), profiles.get(user), tags);
        }
        return statistics;
    }

    @Test
    void thePlantedBrandPriceTagAndBehaviourAreTold() {
        List<SegmentDescription> descriptions = statistics(shoppers()).descriptions();

        for (int kind = 0; kind < 3; kind++) {
            SegmentDescription description = descriptions.get(kind);
            assertEquals(100, description.size());
            assertEquals(1 / 3.0, description.share(), 1e-12);
            assertEquals(1, description.attributes().size());
            AttributeValue brand = description.attributes().get(0);
            assertEquals("brand " + BRANDS[kind], brand.attribute() + " " + brand.value());
            assertEquals(3, brand.shares().lift(), 1e-9);
            assertEquals(
                    PRICES[kind], description.price().orElseThrow().within(), 0.05 * PRICES[kind]);
            assertEquals(40, description.price().orElseThrow().overall(), 2);
        }
        assertEquals(
                List.of("night_owl"),
                descriptions.get(0).tags().stream().map(SegmentDescription.Tag::tag).toList());
        assertEquals(1, descriptions.get(0).tags().get(0).shares().within());
        assertEquals(List.of(), descriptions.get(1).tags());
        Difference first = descriptions.get(2).behaviours().get(0);
        assertTrue(
                Set.of(
                                Behaviour.PURCHASES,
                                Behaviour.PURCHASE_DAYS,
                                Behaviour.PURCHASE_SHARE,
                                Behaviour.MONEY_SPENT)
                        .contains(first.behaviour()),
                first.toString());
        assertEquals(Math.sqrt(2), first.deviations(), 0.05);
    }

    @Test
    void sharesAreMeansOverUsersHoweverMuchEachDoes() {
        List<Profile> profiles = shoppers();
        for (int i = 0; i < 500; i++) {
            // One of the second kind clicks on a brand for hours.
            profiles.get(1)
                    .apply(Shoppers.event(EventType.CLICK, Shoppers.NOW - i, 40, "dune", "s"));
        }
        double within = 0;
        double overall = 0;
        for (int user = 0; user < 300; user++) {
            Profile profile = profiles.get(user);
            double share =
                    profile.affinities().of("brand").getOrDefault("bolt", 0.0)
                            / profile.affinities().positive("brand");
            overall += share / 300;
            within += user % 3 == 1 ? share / 100 : 0;
        }
        SegmentDescription description = statistics(profiles).descriptions().get(1);

        assertEquals(1, description.attributes().size());
        AttributeValue bolt = description.attributes().get(0);
        assertEquals("bolt", bolt.value());
        assertEquals(within, bolt.shares().within(), 1e-12);
        assertEquals(overall, bolt.shares().overall(), 1e-12);
    }

    @Test
    void differencesAreInDeviationsOfAll() {
        List<Profile> profiles = shoppers();
        double[] prices =
                profiles.stream().mapToDouble(profile -> profile.price().meanLog()).toArray();
        double mean = IntStream.range(0, 300).mapToDouble(i -> prices[i]).average().orElseThrow();
        double variance =
                IntStream.range(0, 300)
                        .mapToDouble(i -> Math.pow(prices[i] - mean, 2))
                        .average()
                        .orElseThrow();
        double ofFirst =
                IntStream.range(0, 100).mapToDouble(i -> prices[3 * i]).average().orElseThrow();
        Difference price =
                statistics(profiles).descriptions().get(0).behaviours().stream()
                        .filter(difference -> difference.behaviour() == Behaviour.PRICE_LEVEL)
                        .findFirst()
                        .orElseThrow();

        assertEquals((ofFirst - mean) / Math.sqrt(variance), price.deviations(), 1e-4);
    }

    @Test
    void whatOnlyTwoOrOneInTwentyOneHaveIsNotTold() {
        List<Profile> profiles = shoppers();
        SegmentStatistics statistics = new SegmentStatistics(model(profiles));
        for (int user = 0; user < 63; user++) {
            Set<String> tags = user < 6 && user % 3 == 0 ? Set.of("two") : Set.of();
            statistics.add(user % 3, features(profiles.get(user)), profiles.get(user), tags);
        }
        assertEquals(List.of(), statistics.descriptions().get(0).tags());
        for (int user = 63; user < 66; user++) {
            statistics.add(0, features(profiles.get(user)), profiles.get(user), Set.of("two"));
        }
        assertEquals(1, statistics.descriptions().get(0).tags().size());
    }

    @Test
    void ofASegmentWithoutUsersNothingIsTold() {
        SegmentDescription nobody = new SegmentStatistics(model(shoppers())).descriptions().get(0);

        assertEquals(
                new SegmentDescription(
                        "s1",
                        Optional.empty(),
                        0,
                        0,
                        List.of(),
                        Optional.empty(),
                        List.of(),
                        List.of()),
                nobody);
    }

    @Test
    void theMostLikedValuesAreKeptHoweverManyThereAre() {
        AttributeTally tally = new AttributeTally(2);
        for (int user = 0; user < 50_000; user++) {
            String value = user % 10 == 0 ? "liked" : "rare" + user;
            tally.add(0, Map.of(value, 2.0, "disliked", -1.0), 2.0);
            assertTrue(tally.size() <= 2 * AttributeTally.MOST_VALUES);
        }

        boolean[] told = new boolean[1];
        tally.visit(
                0,
                (value, shares, support, users) -> {
                    if (value.equals("liked")) {
                        told[0] = true;
                        assertEquals(5_000, users);
                        assertEquals(0.1, shares.within(), 1e-12);
                    }
                });
        assertTrue(told[0]);
    }
}
