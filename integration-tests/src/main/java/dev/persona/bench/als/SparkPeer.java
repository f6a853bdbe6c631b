package dev.persona.bench.als;

import dev.persona.bench.BenchFailure;
import dev.persona.local.Checkout;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Spark MLlib's ALS, with OpenBLAS, on the same matrix, in a process of its own: {@code src/spark}
 * is a program of one file that Java compiles when it runs it, with a pom of its own beside it, so
 * that nothing of Spark is a part of this build.
 */
final class SparkPeer {

    private static final Path JDKS = Path.of("/usr/lib/jvm");
    private static final Pattern RELEASE = Pattern.compile("JAVA_VERSION=\"(\\d+)");

    /** The Javas that Spark is made for. */
    private static final List<Integer> GOOD = List.of(17, 21);

    /** Packages that Spark looks into, as its own launcher opens them. */
    private static final List<String> OPENED =
            List.of(
                    "java.lang",
                    "java.lang.invoke",
                    "java.lang.reflect",
                    "java.io",
                    "java.net",
                    "java.nio",
                    "java.util",
                    "java.util.concurrent",
                    "java.util.concurrent.atomic",
                    "sun.nio.ch",
                    "sun.nio.cs",
                    "sun.security.action",
                    "sun.util.calendar");

    private final Path folder;

    SparkPeer(Path folder) {
        this.folder = folder;
    }

    /** The time of one iteration, as the difference of a short and a long run. */
    double secondsPerIteration(Path matrix, int factors) {
        List<String> command = new ArrayList<>();
        command.add(java().toString());
        command.add("-Xmx8g");
        command.add("--add-modules=jdk.incubator.vector");
        OPENED.forEach(name -> command.add("--add-opens=java.base/" + name + "=ALL-UNNAMED"));
        command.add("-Djava.io.tmpdir=" + folder);
        command.addAll(List.of("-cp", classPath()));
        command.add(
                Checkout.locate()
                        .root()
                        .resolve("integration-tests/src/spark/SparkFactorization.java")
                        .toString());
        command.addAll(
                List.of(
                        matrix.toString(),
                        "" + factors,
                        "" + AlsBenchOptions.REGULARIZATION,
                        "" + AlsBenchOptions.ALPHA,
                        "" + AlsBenchOptions.THREADS));
        try (JavaProcess process = JavaProcess.start("Spark", command)) {
            return JavaProcess.numbers(process.lines(), "iteration").getFirst()[0];
        }
    }

    private String classPath() {
        Path file = folder.resolve("spark-class-path");
        List<String> command =
                List.of(
                        "mvn",
                        "-q",
                        "-B",
                        "-f",
                        Checkout.locate().root().resolve("integration-tests/src/spark").toString(),
                        "dependency:build-classpath",
                        "-Dmdep.outputFile=" + file);
        try (JavaProcess maven = JavaProcess.start("mvn", command)) {
            maven.lines();
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path java() {
        try (Stream<Path> homes = Files.list(JDKS)) {
            return homes.filter(home -> GOOD.contains(release(home)))
                    .map(home -> home.resolve("bin/java"))
                    .filter(Files::isExecutable)
                    .findFirst()
                    .orElseThrow(SparkPeer::noJava);
        } catch (IOException e) {
            throw noJava();
        }
    }

    private static BenchFailure noJava() {
        return new BenchFailure("Spark needs a JDK of %s in %s".formatted(GOOD, JDKS));
    }

    private static int release(Path home) {
        try {
            Matcher version = RELEASE.matcher(Files.readString(home.resolve("release")));
            return version.find() ? Integer.parseInt(version.group(1)) : 0;
        } catch (IOException e) {
            return 0;
        }
    }
}
