package dev.persona.plugin.info;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/**
 * Version of this plugin.
 *
 * @param value such as 0.1.0
 */
public record PluginVersion(String value) {
    /** Reads what the build wrote into the plugin. */
    public static PluginVersion read() {
        Properties properties = new Properties();
        try (InputStream in = PluginVersion.class.getResourceAsStream("version.properties")) {
            properties.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the plugin's version", e);
        }
        return new PluginVersion(properties.getProperty("version"));
    }
}
