package dev.persona.local;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Enumeration;
import java.util.HexFormat;
import java.util.Objects;
import java.util.Properties;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/**
 * The plugin's zip, checked and unpacked as {@code elasticsearch-plugin install} does it: the
 * descriptor at the root of the archive must name a plugin that fits the Elasticsearch it goes
 * into.
 */
public final class PluginArchive {

    private static final String DESCRIPTOR = "plugin-descriptor.properties";

    private final Path zip;
    private final Properties descriptor;

    private PluginArchive(Path zip, Properties descriptor) {
        this.zip = zip;
        this.descriptor = descriptor;
    }

    /**
     * Reads the descriptor.
     *
     * @throws LocalClusterException when the file is missing or is no plugin archive
     */
    public static PluginArchive open(Path zip) {
        try (ZipFile file = new ZipFile(zip.toFile())) {
            ZipEntry entry = file.getEntry(DESCRIPTOR);
            if (entry == null) {
                throw new LocalClusterException(
                        zip + " is no plugin archive: there is no " + DESCRIPTOR + " at its root");
            }
            Properties descriptor = new Properties();
            try (InputStream in = file.getInputStream(entry)) {
                descriptor.load(in);
            }
            return new PluginArchive(zip, descriptor);
        } catch (NoSuchFileException e) {
            throw new LocalClusterException(
                    "the plugin has not been built: there is no " + zip + "; run mvn package", e);
        } catch (ZipException e) {
            throw new LocalClusterException(zip + " cannot be read: " + e.getMessage(), e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The name it is installed under. */
    public String name() {
        return property("name");
    }

    /**
     * A value of the descriptor.
     *
     * @throws LocalClusterException when the descriptor does not set it
     */
    public String property(String key) {
        String value = descriptor.getProperty(key);
        if (value == null || value.isBlank()) {
            throw new LocalClusterException(
                    zip + ": " + DESCRIPTOR + " does not set [" + key + "]");
        }
        return value;
    }

    /**
     * SHA-256 of the archive in hexadecimal: two archives with the same one hold the same plugin.
     */
    public String digest() {
        try {
            MessageDigest sha = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(sha.digest(Files.readAllBytes(zip)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every JDK has SHA-256", e);
        }
    }

    /**
     * Unpacks the archive into a folder of its own.
     *
     * @param plugins the {@code plugins} folder of an Elasticsearch home
     * @param elasticsearchVersion version of that Elasticsearch
     * @param javaVersion feature version of the Java that runs it
     * @return the plugin's folder
     * @throws LocalClusterException when the plugin is made for another Elasticsearch or a newer
     *     Java
     */
    public Path install(Path plugins, String elasticsearchVersion, int javaVersion) {
        expect("elasticsearch.version", elasticsearchVersion);
        int needed = Integer.parseInt(property("java.version"));
        if (needed > javaVersion) {
            throw new LocalClusterException(
                    "%s needs Java %d, this is %d".formatted(zip, needed, javaVersion));
        }
        Path folder = plugins.resolve(name());
        try (ZipFile file = new ZipFile(zip.toFile())) {
            Files.createDirectories(folder);
            for (Enumeration<? extends ZipEntry> entries = file.entries();
                    entries.hasMoreElements(); ) {
                unpack(file, entries.nextElement(), folder);
            }
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void unpack(ZipFile file, ZipEntry entry, Path folder) throws IOException {
        Path target = folder.resolve(entry.getName()).normalize();
        if (target.startsWith(folder) == false) {
            throw new LocalClusterException(zip + ": entry leaves the archive: " + entry.getName());
        }
        if (entry.isDirectory()) {
            Files.createDirectories(target);
            return;
        }
        Files.createDirectories(Objects.requireNonNull(target.getParent()));
        try (InputStream in = file.getInputStream(entry)) {
            Files.copy(in, target);
        }
    }

    private void expect(String key, String wanted) {
        if (property(key).equals(wanted) == false) {
            throw new LocalClusterException(
                    "%s is built for [%s] = %s, this is %s"
                            .formatted(zip, key, property(key), wanted));
        }
    }
}
