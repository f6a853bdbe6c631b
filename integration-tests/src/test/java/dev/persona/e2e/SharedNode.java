package dev.persona.e2e;

import dev.persona.local.LocalCluster;

import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives test classes the one node that they share; it ends after the last of them. Each class works
 * in a catalog of its own and leaves the node running.
 */
final class SharedNode implements ParameterResolver {

    /** Bodies that are larger are refused; small, so that a test can send one. */
    static final int MOST_BODY_BYTES = 2 << 20;

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == LocalCluster.class;
    }

    @Override
    public LocalCluster resolveParameter(ParameterContext parameter, ExtensionContext context) {
        // What is in the store of all tests is closed after all tests.
        return context.getRoot()
                .getStore(Namespace.create(SharedNode.class))
                .getOrComputeIfAbsent("node", key -> start(), LocalCluster.class);
    }

    private static LocalCluster start() {
        return LocalCluster.builder()
                .setting("http.max_content_length", MOST_BODY_BYTES + "b")
                // Soon, so that a test need not wait for the complaint that it does not want.
                .setting("cluster.discovery_configuration_check.interval", "500ms")
                .start();
    }
}
