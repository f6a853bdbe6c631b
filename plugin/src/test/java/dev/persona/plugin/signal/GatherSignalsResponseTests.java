package dev.persona.plugin.signal;

import dev.persona.profiling.event.EventType;
import dev.persona.profiling.profile.ForwardDecay;
import dev.persona.profiling.profile.ProfileRules;
import dev.persona.ranking.signal.SignalBuilder;
import dev.persona.ranking.signal.SignalSums;
import dev.persona.ranking.signal.TrainingWindow;

import org.elasticsearch.common.io.stream.Writeable;
import org.elasticsearch.test.AbstractWireSerializingTestCase;

import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;

public class GatherSignalsResponseTests
        extends AbstractWireSerializingTestCase<GatherSignalsResponse> {
    private static SignalBuilder builder() {
        ForwardDecay decay = new ForwardDecay(1000);
        return new SignalBuilder(
                new ProfileRules(
                        Map.of(
                                EventType.CLICK,
                                1.0,
                                EventType.PURCHASE,
                                4.0,
                                EventType.DISMISS,
                                -2.0),
                        decay,
                        ZoneOffset.UTC,
                        Optional.empty()),
                TrainingWindow.all(decay),
                10_000);
    }

    @Override
    protected Writeable.Reader<GatherSignalsResponse> instanceReader() {
        return GatherSignalsResponse::new;
    }

    @Override
    protected GatherSignalsResponse createTestInstance() {
        SignalBuilder signals = builder();
        for (int i = between(0, 100); i > 0; i--) {
            add(signals);
        }
        return new GatherSignalsResponse(signals.sums());
    }

    private static void add(SignalBuilder signals) {
        signals.shown(List.of("i" + between(0, 9), "i" + between(0, 9)), between(0, 100));
        signals.add(
                signals.user("u" + between(0, 9)),
                signals.item("i" + between(0, 9)),
                randomFrom(EventType.CLICK, EventType.PURCHASE, EventType.DISMISS),
                randomLongBetween(0, 10_000),
                Double.NaN,
                between(0, 100));
    }

    @Override
    protected GatherSignalsResponse mutateInstance(GatherSignalsResponse response) {
        SignalSums sums = response.sums();
        return switch (between(0, 2)) {
            case 0 -> {
                // Nothing but more of the same, so that it is not the ids that differ.
                SignalBuilder more = builder();
                more.add(sums, id -> id);
                add(more);
                yield new GatherSignalsResponse(more.sums());
            }
            case 1 ->
                    new GatherSignalsResponse(
                            new SignalSums(
                                    new SignalSums.Ids(
                                            sums.users().ids().stream()
                                                    .map(id -> id + "x")
                                                    .toList(),
                                            sums.users().events()),
                                    sums.items(),
                                    sums.pairs(),
                                    behaviourWithOneMoreClick(sums)));
            default ->
                    new GatherSignalsResponse(
                            new SignalSums(
                                    sums.users(),
                                    sums.items(),
                                    sums.pairs(),
                                    behaviourWithOneMoreClick(sums)));
        };
    }

    private static SignalSums.Behaviour behaviourWithOneMoreClick(SignalSums sums) {
        long[] clicked = sums.behaviour().clicked().clone();
        clicked[between(0, clicked.length - 1)]++;
        return new SignalSums.Behaviour(
                sums.behaviour().weights(),
                sums.behaviour().clicks(),
                sums.behaviour().shown(),
                clicked);
    }
}
