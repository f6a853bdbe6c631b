package dev.persona.local.agent;

import java.lang.instrument.Instrumentation;
import java.util.Arrays;

/**
 * Hands the JVM's instrumentation to Elasticsearch's entitlement system. A node attaches the one
 * jar in its {@code lib/entitlement-agent} to itself; the jar of the distribution is not published,
 * and this is all it has to do.
 */
public final class EntitlementAgent {

    private EntitlementAgent() {}

    /**
     * Called by the JVM when the node attaches the agent.
     *
     * @param initializer name of the class whose static {@code initialize(Instrumentation)} to call
     * @throws ReflectiveOperationException when that class is not loaded or refuses
     */
    public static void agentmain(String initializer, Instrumentation instrumentation)
            throws ReflectiveOperationException {
        // The agent is in the unnamed module, which cannot look the class up by name in the
        // server's.
        Class<?> loaded =
                Arrays.stream(instrumentation.getAllLoadedClasses())
                        .filter(type -> type.getName().equals(initializer))
                        .findFirst()
                        .orElseThrow(() -> new ClassNotFoundException(initializer));
        loaded.getMethod("initialize", Instrumentation.class).invoke(null, instrumentation);
    }
}
