package dev.persona.local;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;

/**
 * Where things are in a checkout of this project.
 *
 * @param root absolute path of the folder that holds the {@code persona} script
 */
public record Checkout(Path root) {

    /** System property that names the root; the {@code persona} script and the build set it. */
    public static final String ROOT_PROPERTY = "persona.root";

    private static final Properties BUILD = readBuildProperties();

    /**
     * Finds the checkout by the system property {@value #ROOT_PROPERTY} or, without it, upward from
     * the working directory.
     *
     * @throws LocalClusterException when there is none
     */
    public static Checkout locate() {
        String named = System.getProperty(ROOT_PROPERTY);
        if (named != null) {
            return new Checkout(Path.of(named).toAbsolutePath().normalize());
        }
        for (Path folder = Path.of("").toAbsolutePath();
                folder != null;
                folder = folder.getParent()) {
            if (Files.isRegularFile(folder.resolve("persona"))
                    && Files.isRegularFile(folder.resolve("pom.xml"))) {
                return new Checkout(folder);
            }
        }
        throw new LocalClusterException(
                "no checkout of Persona around "
                        + Path.of("").toAbsolutePath()
                        + ": set -D"
                        + ROOT_PROPERTY);
    }

    /** Version of this project. */
    public static String version() {
        return BUILD.getProperty("version");
    }

    /** Version of Elasticsearch that the plugin is built for and the local nodes run. */
    public static String elasticsearchVersion() {
        return BUILD.getProperty("elasticsearch.version");
    }

    /** The plugin archive that the build leaves behind. */
    public Path pluginZip() {
        return root.resolve("plugin/target/persona-" + version() + ".zip");
    }

    /** {@code lib} and {@code modules} of an Elasticsearch home, as the build put them together. */
    public Path builtDistribution() {
        return root.resolve("integration-tests/target/elasticsearch");
    }

    /** What an operator reads or edits. */
    public Path config() {
        return root.resolve("config");
    }

    /** Everything that local runs leave in the checkout; not under version control. */
    public Path state() {
        return root.resolve(".persona");
    }

    private static Properties readBuildProperties() {
        Properties properties = new Properties();
        try (InputStream in = Checkout.class.getResourceAsStream("build.properties")) {
            properties.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return properties;
    }
}
