package dev.persona.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;

/** Whole folders: copied without disturbing a reader, linked, deleted. */
public final class Folders {

    private Folders() {}

    /**
     * Makes one folder hold exactly what another holds. A file that differs is replaced by a
     * rename, so that a running JVM that has mapped the old jar keeps it.
     */
    static void mirror(Path from, Path to) {
        visit(
                from,
                file -> {
                    Path target = to.resolve(from.relativize(file));
                    if (Files.exists(target) && Files.mismatch(file, target) == -1) {
                        return;
                    }
                    Path folder = Objects.requireNonNull(target.getParent());
                    Files.createDirectories(folder);
                    Path part = Files.createTempFile(folder, "incoming", ".part");
                    Files.copy(file, part, StandardCopyOption.REPLACE_EXISTING);
                    Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
                });
        visit(
                to,
                file -> {
                    if (Files.exists(from.resolve(to.relativize(file))) == false) {
                        Files.delete(file);
                    }
                });
    }

    /** Hard-links every file of one folder into another, or copies where links do not reach. */
    static void link(Path from, Path to) {
        visit(
                from,
                file -> {
                    Path target = to.resolve(from.relativize(file));
                    Files.createDirectories(Objects.requireNonNull(target.getParent()));
                    try {
                        Files.createLink(target, file);
                    } catch (IOException | UnsupportedOperationException e) {
                        Files.copy(file, target);
                    }
                });
    }

    /** Deletes a folder and everything in it, if it is there. */
    public static void delete(Path folder) {
        if (Files.notExists(folder)) {
            return;
        }
        try {
            Files.walkFileTree(
                    folder,
                    new SimpleFileVisitor<>() {
                        @Override
                        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                                throws IOException {
                            Files.delete(file);
                            return FileVisitResult.CONTINUE;
                        }

                        @Override
                        public FileVisitResult postVisitDirectory(Path visited, IOException e)
                                throws IOException {
                            if (e != null) {
                                throw e;
                            }
                            Files.delete(visited);
                            return FileVisitResult.CONTINUE;
                        }
                    });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private interface FileAction {
        void accept(Path file) throws IOException;
    }

    private static void visit(Path folder, FileAction action) {
        try {
            Files.walkFileTree(
                    folder,
                    new SimpleFileVisitor<>() {
                        @Override
                        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                                throws IOException {
                            action.accept(file);
                            return FileVisitResult.CONTINUE;
                        }
                    });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
