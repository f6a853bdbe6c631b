package dev.persona.demo.node;

import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.persona.demo.progress.Progress;

import java.util.ArrayList;
import java.util.List;

/** Sends held-out searches twice, plain and personalised, so that orders of a window compare. */
public final class WindowSearch {

    private static final int BATCH = 20;
    private static final int THREADS = 2;

    /**
     * A search that was never sent while training.
     *
     * @param user who searches
     * @param text what for
     */
    public record HeldOut(String user, String text) {}

    private final ProductSearch search;
    private final int size;

    /**
     * @param size of the windows
     */
    public WindowSearch(ProductSearch search, int size) {
        this.search = search;
        this.size = size;
    }

    /** The windows of the searches, in order. */
    public List<Window> of(List<HeldOut> searches, Progress.Step step) {
        return Workers.each(Workers.parts(searches, BATCH), THREADS, part -> windows(part, step))
                .stream()
                .flatMap(List::stream)
                .toList();
    }

    private List<Window> windows(List<HeldOut> part, Progress.Step step) {
        List<ObjectNode> bodies = new ArrayList<>();
        for (HeldOut one : part) {
            bodies.add(search.plain(one.text(), size));
            bodies.add(search.personalized(one.text(), size, one.user(), size));
        }
        List<List<Hit>> answers = search.all(bodies);
        List<Window> windows = new ArrayList<>();
        for (int i = 0; i < answers.size(); i += 2) {
            windows.add(Window.of(answers.get(i), answers.get(i + 1)));
        }
        step.advance(part.size());
        return windows;
    }
}
