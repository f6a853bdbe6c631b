package dev.persona.bench.events;

import dev.persona.bench.events.EventsBench.Span;

import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordedMethod;
import jdk.jfr.consumer.RecordingFile;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Where a node's Java threads were when JDK Flight Recorder looked, on one side of the bench. */
final class CpuProfile {

    private static final int SHOWN = 15;
    private static final int PACKAGE_PARTS = 5;

    /** A thread of a pool, such as {@code elasticsearch[node-0][write][T#1]}. */
    private static final Pattern POOL = Pattern.compile("elasticsearch\\[[^]]*\\]\\[([^]]+)\\].*");

    private final Map<String, Integer> pools = new HashMap<>();
    private final Map<String, Integer> packages = new HashMap<>();
    private final Map<String, Integer> methods = new HashMap<>();
    private final Map<String, Integer> within = new HashMap<>();
    private int samples;
    private double load;
    private int loads;
    private Duration pauses = Duration.ZERO;
    private Duration time = Duration.ZERO;

    private CpuProfile() {}

    /**
     * Reads a recording.
     *
     * @param plain which side's rounds to look at, those that warm up left out
     */
    static CpuProfile of(Path recording, List<Span> spans, boolean plain) {
        CpuProfile profile = new CpuProfile();
        List<Span> side =
                spans.stream()
                        .filter(span -> span.plain() == plain)
                        .skip(EventsBenchOptions.WARM_UP_ROUNDS)
                        .toList();
        side.forEach(s -> profile.time = profile.time.plus(Duration.between(s.from(), s.to())));
        try (RecordingFile file = new RecordingFile(recording)) {
            while (file.hasMoreEvents()) {
                RecordedEvent event = file.readEvent();
                if (side.stream().anyMatch(span -> holds(span, event))) {
                    profile.add(event);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return profile;
    }

    private static boolean holds(Span span, RecordedEvent event) {
        return event.getStartTime().isAfter(span.from())
                && event.getStartTime().isBefore(span.to());
    }

    private void add(RecordedEvent event) {
        switch (event.getEventType().getName()) {
            case "jdk.ExecutionSample" -> addSample(event);
            case "jdk.CPULoad" -> {
                load += event.getFloat("jvmUser") + event.getFloat("jvmSystem");
                loads++;
            }
            case "jdk.GarbageCollection" -> pauses = pauses.plus(event.getDuration("sumOfPauses"));
            default -> {}
        }
    }

    private void addSample(RecordedEvent event) {
        if (event.getStackTrace() == null || event.getStackTrace().getFrames().isEmpty()) {
            return;
        }
        samples++;
        Matcher pool = POOL.matcher(event.getThread("sampledThread").getJavaName());
        pools.merge(pool.matches() ? pool.group(1) : "other", 1, Integer::sum);
        List<RecordedFrame> frames = event.getStackTrace().getFrames();
        RecordedMethod top = frames.get(0).getMethod();
        packages.merge(packageOf(top.getType().getName()), 1, Integer::sum);
        methods.merge(name(top), 1, Integer::sum);
        Set<String> seen = new HashSet<>();
        for (RecordedFrame frame : frames) {
            String name = name(frame.getMethod());
            boolean made = name.contains("lambda$") || name.startsWith("0x");
            if (made == false
                    && isOfInterest(frame.getMethod().getType().getName())
                    && seen.add(name)) {
                within.merge(name, 1, Integer::sum);
            }
        }
    }

    /** What tells where a stack has come from, not how threads are run. */
    private static boolean isOfInterest(String type) {
        return type.startsWith("dev.persona.")
                || type.startsWith("org.elasticsearch.index.engine.InternalEngine")
                || type.startsWith("org.elasticsearch.index.get.")
                || type.startsWith("org.elasticsearch.index.mapper.DocumentParser")
                || type.startsWith("org.elasticsearch.index.translog.")
                || type.startsWith("org.apache.lucene.index.IndexWriter");
    }

    private static String name(RecordedMethod method) {
        String type = method.getType().getName();
        return type.substring(type.lastIndexOf('.') + 1) + "." + method.getName();
    }

    private static String packageOf(String type) {
        String[] parts = type.split("\\.");
        int length = Math.min(parts.length - 1, PACKAGE_PARTS);
        return String.join(".", List.of(parts).subList(0, Math.max(length, 0)));
    }

    void print(String side, PrintStream out) {
        line(
                out,
                "%nCPU of %s: %d samples in %.1f s, the JVM on %.0f %% of the machine, pauses of"
                        + " garbage collection %d ms",
                side,
                samples,
                time.toMillis() / 1e3,
                100 * load / Math.max(loads, 1),
                pauses.toMillis());
        table(out, "thread pool", pools, SHOWN);
        table(out, "package, by self time", packages, SHOWN);
        table(out, "method, by self time", methods, SHOWN);
        table(out, "method, with what it calls", within, 2 * SHOWN);
    }

    private void table(PrintStream out, String title, Map<String, Integer> counts, int most) {
        line(out, "  %% of samples  %s", title);
        counts.entrySet().stream()
                .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
                .limit(most)
                .forEach(e -> line(out, "  %12.1f  %s", percent(e.getValue()), e.getKey()));
    }

    private double percent(int count) {
        return 100.0 * count / Math.max(samples, 1);
    }

    private static void line(PrintStream out, String format, Object... arguments) {
        out.println(String.format(Locale.ROOT, format, arguments));
    }
}
