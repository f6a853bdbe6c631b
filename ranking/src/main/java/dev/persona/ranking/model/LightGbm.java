package dev.persona.ranking.model;

import io.github.metarank.lightgbm4j.LGBMBooster;

import java.nio.file.Path;
import java.util.Optional;

/** Whether LightGBM's native library works here. */
public final class LightGbm {
    /** Set once: a library that failed to load does not load later in the same process. */
    private static final Optional<String> PROBLEM = load();

    private LightGbm() {}

    /** Why it does not work; empty when it does. */
    public static Optional<String> problem() {
        return PROBLEM;
    }

    /**
     * To be called before any use.
     *
     * @throws LightGbmUnavailableException when it does not work, with the reason
     */
    public static void require() {
        PROBLEM.ifPresent(
                reason -> {
                    throw new LightGbmUnavailableException(reason);
                });
    }

    private static Optional<String> load() {
        try {
            if (LGBMBooster.isNativeLoaded()) {
                return Optional.empty();
            }
        } catch (LinkageError | RuntimeException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            return Optional.of("lightgbm4j could not start: " + cause);
        }
        return Optional.of(reason());
    }

    /** lightgbm4j only logs why it failed; loading what it unpacked once more tells. */
    private static String reason() {
        String unpacked =
                Path.of(System.getProperty("java.io.tmpdir"), System.mapLibraryName("_lightgbm"))
                        .toString();
        try {
            System.load(unpacked);
            return "lightgbm4j has no library for "
                    + System.getProperty("os.name")
                    + " on "
                    + System.getProperty("os.arch");
        } catch (UnsatisfiedLinkError | RuntimeException e) {
            return "" + e.getMessage();
        }
    }
}
