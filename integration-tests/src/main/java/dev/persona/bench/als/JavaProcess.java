package dev.persona.bench.als;

import dev.persona.bench.BenchFailure;
import dev.persona.local.Checkout;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** A Java process that prints what it has measured, a line each: a name and numbers. */
final class JavaProcess implements AutoCloseable {

    private final String what;
    private final Process process;

    private JavaProcess(String what, Process process) {
        this.what = what;
        this.process = process;
    }

    /** Starts a class of this very class path, on the Java that runs this. */
    static JavaProcess here(String heap, Class<?> main, List<String> arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-Xmx" + heap);
        command.add("--enable-native-access=ALL-UNNAMED");
        command.add("--add-modules=jdk.incubator.vector");
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        command.addAll(arguments);
        return start(main.getSimpleName(), command);
    }

    static JavaProcess start(String what, List<String> command) {
        try {
            ProcessBuilder builder =
                    new ProcessBuilder(command)
                            .redirectError(ProcessBuilder.Redirect.appendTo(log().toFile()));
            // Whoever uses several threads calls BLAS on each of them.
            builder.environment().put("OPENBLAS_NUM_THREADS", "1");
            return new JavaProcess(what, builder.start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path log() {
        return Checkout.locate().root().resolve("integration-tests/target/bench-als.log");
    }

    /** The numbers of all lines that begin with a name. */
    static List<double[]> numbers(List<String> lines, String name) {
        return lines.stream()
                .filter(line -> line.startsWith(name + " "))
                .map(line -> line.substring(name.length() + 1))
                .map(rest -> Stream.of(rest.split(" ")).mapToDouble(Double::parseDouble).toArray())
                .toList();
    }

    /** Waits for its end and gives what it has printed. */
    List<String> lines() {
        try {
            String text =
                    new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            int code = process.waitFor();
            if (code != 0) {
                throw new BenchFailure(
                        "%s ended with exit code %d, see %s; it printed: %s"
                                .formatted(what, code, log(), text.strip()));
            }
            return text.lines().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
