package dev.persona.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

class FoldersTest {

    @TempDir Path folder;

    private Path from;
    private Path to;

    @BeforeEach
    void fill() throws IOException {
        from = folder.resolve("from");
        to = folder.resolve("to");
        Files.createDirectories(from.resolve("lib"));
        Files.writeString(from.resolve("lib/a.jar"), "one");
        Files.writeString(from.resolve("lib/b.jar"), "b");
        Folders.mirror(from, to);
    }

    @Test
    void aMirrorFollowsChangesAndDeletions() throws IOException {
        Files.writeString(from.resolve("lib/a.jar"), "two");
        Files.delete(from.resolve("lib/b.jar"));
        Folders.mirror(from, to);
        assertEquals("two", Files.readString(to.resolve("lib/a.jar")));
        try (var files = Files.list(to.resolve("lib"))) {
            assertEquals(1, files.count());
        }
    }

    @Test
    void whoHoldsTheOldFileKeepsItWhenTheMirrorChanges() throws IOException {
        Path linked = folder.resolve("linked");
        Folders.link(to, linked);
        Files.writeString(from.resolve("lib/a.jar"), "two");
        Folders.mirror(from, to);
        assertEquals("one", Files.readString(linked.resolve("lib/a.jar")));
    }

    @Test
    void deletingALinkedFolderLeavesTheOriginals() {
        Path linked = folder.resolve("linked");
        Folders.link(to, linked);
        Folders.delete(linked);
        assertFalse(Files.exists(linked));
        assertTrue(Files.exists(to.resolve("lib/b.jar")));
    }
}
