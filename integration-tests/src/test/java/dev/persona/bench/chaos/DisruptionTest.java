package dev.persona.bench.chaos;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

import java.util.EnumSet;
import java.util.List;

class DisruptionTest {

    @Test
    void aPlanHasAsManyKillsAsWereAskedFor() {
        for (int kills = 1; kills < 30; kills++) {
            List<Disruption> plan = Disruption.plan(kills);
            assertEquals(kills, plan.stream().filter(Disruption::isKill).count());
            assertTrue(plan.contains(Disruption.BLOCK_EVENTS), plan.toString());
            assertTrue(plan.contains(Disruption.BLOCK_PROFILES), plan.toString());
        }
    }

    @Test
    void threeKillsAreOneOfEachKind() {
        assertTrue(
                Disruption.plan(3)
                        .containsAll(
                                EnumSet.of(
                                        Disruption.KILL_PRIMARY,
                                        Disruption.KILL_OTHER,
                                        Disruption.KILL_ALL)));
    }

    @Test
    void aLongPlanHasEveryKindOfDisruption() {
        assertEquals(EnumSet.allOf(Disruption.class), EnumSet.copyOf(Disruption.plan(10)));
    }
}
