package dev.persona.local;

import com.fasterxml.jackson.core.JsonProcessingException;

import dev.persona.client.ElasticsearchClient;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * What belongs to one node alone.
 *
 * @param path absolute path of the folder
 */
record NodeFolder(Path path) {

    private static final String SETTINGS_FILE = "elasticsearch.yml";

    /** The node's name, in the cluster too. */
    String name() {
        return path.getFileName().toString();
    }

    Path config() {
        return path.resolve("config");
    }

    Path data() {
        return path.resolve("data");
    }

    Path logs() {
        return path.resolve("logs");
    }

    Path temp() {
        return path.resolve("tmp");
    }

    /** What the node logs once it has read its configuration. */
    Path log() {
        return logs().resolve("elasticsearch.log");
    }

    /** Standard output and error: what went wrong before there was a log. */
    Path console() {
        return logs().resolve("console.log");
    }

    boolean hasData() {
        return Files.isDirectory(data());
    }

    /**
     * Writes the node's configuration: the files of an operator's folder, with the node's own
     * settings below those of {@code elasticsearch.yml}.
     *
     * @param operatorConfig holds elasticsearch.yml and log4j2.properties
     * @param settings values are strings, numbers, booleans or lists of them
     */
    void configure(Path operatorConfig, Map<String, ?> settings) {
        StringBuilder yaml = new StringBuilder();
        try {
            yaml.append(Files.readString(operatorConfig.resolve(SETTINGS_FILE)));
            yaml.append("\n# This node.\n");
            for (Map.Entry<String, ?> setting : settings.entrySet()) {
                // JSON is YAML, and knows how to quote a path.
                String value = ElasticsearchClient.JSON.writeValueAsString(setting.getValue());
                yaml.append(setting.getKey()).append(": ").append(value).append('\n');
            }
            Folders.delete(config());
            Files.createDirectories(config());
            Files.createDirectories(logs());
            Files.writeString(config().resolve(SETTINGS_FILE), yaml);
            String logging = "log4j2.properties";
            Files.copy(operatorConfig.resolve(logging), config().resolve(logging));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("setting that is no JSON value: " + settings, e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Makes the temp folder anew: a killed node leaves its unpacked native libraries there. */
    void clearTemp() {
        Folders.delete(temp());
        try {
            Files.createDirectories(temp());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The last lines that say something: of the log or, when it is empty, of the console. */
    List<String> lastLines(int count) {
        List<String> lines = tail(log(), count);
        return lines.isEmpty() ? tail(console(), count) : lines;
    }

    private static List<String> tail(Path file, int count) {
        try {
            List<String> lines =
                    new String(Files.readAllBytes(file), StandardCharsets.UTF_8)
                            .lines()
                            .filter(line -> line.isBlank() == false)
                            .toList();
            return lines.subList(Math.max(0, lines.size() - count), lines.size());
        } catch (NoSuchFileException e) {
            return List.of();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
