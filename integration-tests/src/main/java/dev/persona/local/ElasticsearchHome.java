package dev.persona.local;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;

/**
 * A home folder as the Elasticsearch distribution has one: {@code lib}, {@code modules} and {@code
 * plugins/persona}. Several nodes may run from one home.
 *
 * @param path absolute path of the folder
 */
public record ElasticsearchHome(Path path) {

    /**
     * Makes the home anew with the plugin that the checkout has built last.
     *
     * <p>The jars of Elasticsearch are kept once per version under {@code .persona} and linked into
     * each home, so this takes a fraction of a second, and a build that runs beside a node does not
     * take its jars away.
     *
     * @param path folder to make; what it holds is deleted
     * @param changePlugin called with the installed plugin's folder
     * @throws LocalClusterException when the checkout has not been built
     */
    public static ElasticsearchHome make(
            Checkout checkout, Path path, Consumer<Path> changePlugin) {
        Path built = checkout.builtDistribution();
        if (Files.notExists(built.resolve("lib"))) {
            throw new LocalClusterException(
                    "Elasticsearch has not been put together: there is no "
                            + built
                            + "; run mvn package");
        }
        Path distribution =
                checkout.state().resolve("elasticsearch-" + Checkout.elasticsearchVersion());
        PluginArchive archive = PluginArchive.open(checkout.pluginZip());
        Folders.mirror(built, distribution);
        Folders.delete(path);
        Folders.link(distribution, path);
        Path plugin =
                archive.install(
                        path.resolve("plugins"),
                        Checkout.elasticsearchVersion(),
                        Runtime.version().feature());
        changePlugin.accept(plugin);
        return new ElasticsearchHome(path);
    }

    /** The server's jars, its module path. */
    Path lib() {
        return path.resolve("lib");
    }

    /** The jar that is patched into java.base, where instrumented methods call into it. */
    Path entitlementBridge() {
        return lib().resolve("entitlement-bridge")
                .resolve(
                        "elasticsearch-entitlement-bridge-"
                                + Checkout.elasticsearchVersion()
                                + ".jar");
    }

    /** The installed plugin's folder. */
    public Path plugin() {
        return path.resolve("plugins").resolve("persona");
    }
}
