package dev.persona.local;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Size of a node's heap.
 *
 * @param mebibytes at least {@value #SMALLEST}
 */
public record HeapSize(int mebibytes) {

    /** With less a node does not get through its start. */
    private static final int SMALLEST = 256;

    private static final Pattern FORM = Pattern.compile("(\\d{1,6})([mg])");

    /**
     * Checks the size.
     *
     * @throws IllegalArgumentException when it is too small for a node
     */
    public HeapSize {
        if (mebibytes < SMALLEST) {
            throw new IllegalArgumentException(
                    "the heap must be at least %dm, was %dm".formatted(SMALLEST, mebibytes));
        }
    }

    /**
     * Reads a size as the JVM takes it.
     *
     * @param text such as {@code 1g} or {@code 512m}
     * @throws IllegalArgumentException when it is not of that form or too small
     */
    public static HeapSize parse(String text) {
        Matcher matcher = FORM.matcher(text.toLowerCase(Locale.ROOT));
        if (matcher.matches() == false) {
            throw new IllegalArgumentException(
                    "a heap size looks like 512m or 1g, was [" + text + "]");
        }
        int unit = matcher.group(2).equals("g") ? 1024 : 1;
        return new HeapSize(Integer.parseInt(matcher.group(1)) * unit);
    }

    /** What the server allows for buffers outside the heap: half of it, as the JVM takes it. */
    String directMemory() {
        return mebibytes / 2 + "m";
    }

    /** As the JVM takes it, such as {@code 1g}. */
    @Override
    public String toString() {
        return mebibytes % 1024 == 0 ? mebibytes / 1024 + "g" : mebibytes + "m";
    }
}
