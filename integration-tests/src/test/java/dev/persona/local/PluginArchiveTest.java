package dev.persona.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

class PluginArchiveTest {

    private static final String DESCRIPTOR =
            "name=persona\nelasticsearch.version=9.5.3\njava.version=21\n";

    @TempDir Path folder;

    private PluginArchive archive(String... namesAndContents) throws IOException {
        Path zip = folder.resolve("plugin.zip");
        try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(zip))) {
            for (int i = 0; i < namesAndContents.length; i += 2) {
                out.putNextEntry(new ZipEntry(namesAndContents[i]));
                out.write(namesAndContents[i + 1].getBytes(StandardCharsets.UTF_8));
            }
        }
        return PluginArchive.open(zip);
    }

    @Test
    void everyEntryLandsInAFolderOfThePluginsName() throws IOException {
        PluginArchive archive =
                archive("plugin-descriptor.properties", DESCRIPTOR, "native/linux/a.so", "a");
        Path installed = archive.install(folder.resolve("plugins"), "9.5.3", 21);
        assertEquals(folder.resolve("plugins/persona"), installed);
        assertEquals("a", Files.readString(installed.resolve("native/linux/a.so")));
    }

    @Test
    void anArchiveForAnotherElasticsearchIsRefused() throws IOException {
        PluginArchive archive = archive("plugin-descriptor.properties", DESCRIPTOR);
        assertRefused(
                "is built for [elasticsearch.version] = 9.5.3, this is 9.6.0",
                () -> archive.install(folder.resolve("plugins"), "9.6.0", 21));
        assertFalse(Files.exists(folder.resolve("plugins")));
    }

    @Test
    void anArchiveForANewerJavaIsRefused() throws IOException {
        PluginArchive archive = archive("plugin-descriptor.properties", DESCRIPTOR);
        assertRefused(
                "needs Java 21, this is 17",
                () -> archive.install(folder.resolve("plugins"), "9.5.3", 17));
    }

    @Test
    void anEntryThatWouldLandOutsideIsRefused() throws IOException {
        PluginArchive archive =
                archive("plugin-descriptor.properties", DESCRIPTOR, "../../outside", "x");
        assertRefused(
                "entry leaves the archive: ../../outside",
                () -> archive.install(folder.resolve("plugins"), "9.5.3", 21));
        assertFalse(Files.exists(folder.resolve("outside")));
    }

    @Test
    void whatIsNoPluginArchiveIsRefused() {
        assertRefused(
                "there is no plugin-descriptor.properties at its root",
                () -> archive("persona/plugin-descriptor.properties", DESCRIPTOR));
        assertRefused(
                "the plugin has not been built",
                () -> PluginArchive.open(folder.resolve("missing.zip")));
    }

    private interface Attempt {
        void run() throws IOException;
    }

    private static void assertRefused(String reason, Attempt attempt) {
        String message = assertThrows(LocalClusterException.class, attempt::run).getMessage();
        assertTrue(message.contains(reason), message);
    }
}
