package dev.persona.plugin.loading;

import org.apache.lucene.util.SetOnce;
import org.elasticsearch.common.breaker.CircuitBreaker;
import org.elasticsearch.common.settings.Settings;
import org.elasticsearch.core.Releasable;
import org.elasticsearch.core.Releasables;
import org.elasticsearch.indices.breaker.BreakerSettings;
import org.elasticsearch.monitor.jvm.JvmInfo;

/**
 * The circuit breaker of the plugin, {@value #NAME}: what ranking models and generations take up,
 * and what training does. Its limit is {@code breaker.persona.limit}, {@value #PERCENT}% of the
 * heap by default.
 */
public final class Memory {
    /** Name of the breaker, as {@code _nodes/stats/breaker} shows it. */
    public static final String NAME = "persona";

    private static final int PERCENT = 40;

    private final SetOnce<CircuitBreaker> breaker = new SetOnce<>();

    /** Of a node that is about to start. */
    public Memory() {}

    /** With a breaker that is there already. */
    public static Memory of(CircuitBreaker breaker) {
        Memory memory = new Memory();
        memory.breaker(breaker);
        return memory;
    }

    /** What Elasticsearch makes the breaker by. */
    public static BreakerSettings settings(Settings settings) {
        long limit = JvmInfo.jvmInfo().getMem().getHeapMax().getBytes() / 100 * PERCENT;
        return BreakerSettings.updateFromSettings(
                new BreakerSettings(
                        NAME,
                        limit,
                        1.0,
                        CircuitBreaker.Type.MEMORY,
                        CircuitBreaker.Durability.PERMANENT),
                settings);
    }

    /** The breaker that Elasticsearch has made. */
    public void breaker(CircuitBreaker made) {
        breaker.set(made);
    }

    /**
     * Takes memory.
     *
     * @param what it is for, as the error names it
     * @return gives it back, once
     * @throws org.elasticsearch.common.breaker.CircuitBreakingException when there is not as much
     */
    public Releasable take(long bytes, String what) {
        breaker.get().addEstimateBytesAndMaybeBreak(bytes, what);
        return Releasables.releaseOnce(() -> breaker.get().addWithoutBreaking(-bytes));
    }
}
