package dev.persona.demo.shop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;

class SessionPlanTest {

    private static final Instant NOW = Instant.parse("2026-06-01T00:00:00Z");
    private static final GeneratedShop SHOP = GeneratedShop.generate(1, NOW, 1000, 200);
    private static final SessionPlan PLAN = SessionPlan.of(SHOP, 1, NOW, 2000, 100);

    @Test
    void heldOutSessionsComeAfterEveryTrainingSession() {
        Instant cut = NOW.minus(Duration.ofDays(1));
        PLAN.training().forEach(s -> assertTrue(s.at().isBefore(cut), s.toString()));
        PLAN.heldOut().forEach(s -> assertFalse(s.at().isBefore(cut), s.toString()));
    }

    @Test
    void noUserIsHeldOutTwiceAndNoSessionNumberIsUsedTwice() {
        Set<String> users = new HashSet<>();
        Set<Integer> numbers = new HashSet<>();
        PLAN.heldOut().forEach(s -> assertTrue(users.add(s.shopper().id())));
        PLAN.heldOut().forEach(s -> assertTrue(numbers.add(s.number())));
        PLAN.training().forEach(s -> assertTrue(numbers.add(s.number())));
        assertEquals(2100, numbers.size());
    }

    @Test
    void sameSeedGivesTheSameSessions() {
        assertEquals(PLAN, SessionPlan.of(SHOP, 1, NOW, 2000, 100));
    }

    @Test
    void aboutOneSessionInTenIsForAGift() {
        long gifts =
                PLAN.training().stream()
                        .filter(s -> !s.shopper().id().equals(s.recipient().id()))
                        .count();
        assertEquals(200, gifts, 60);
    }

    @Test
    void onlyAQueryOfTheNounAloneTurnsThePage() {
        long turned = PLAN.training().stream().filter(s -> s.page() > 0).count();
        assertTrue(turned > 500, turned + " of 2000");
        PLAN.training().forEach(s -> assertTrue(s.page() == 0 || s.query().modifiers().isEmpty()));
    }

    @Test
    void usersSearchMoreForWhatTheyLike() {
        double liking = 0;
        int sessions = 0;
        for (ShopSession s : PLAN.training()) {
            double best = -1;
            for (int c = 0; c < SHOP.categories().size(); c++) {
                if (SHOP.categories().get(c).nouns().contains(s.query().noun())) {
                    best = Math.max(best, s.recipient().categoryLiking()[c]);
                }
            }
            liking += best;
            sessions++;
        }
        assertTrue(liking / sessions > 0.4, "mean liking " + liking / sessions);
    }

    @Test
    void moreHeldOutSessionsThanHalfTheUsersAreRefused() {
        IllegalArgumentException refused =
                assertThrows(
                        IllegalArgumentException.class,
                        () -> SessionPlan.of(SHOP, 1, NOW, 10, 101));
        assertTrue(refused.getMessage().contains("100"), refused.getMessage());
    }
}
