package dev.persona.plugin.event;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** How many events this node was sent for each catalog, and what became of them. */
public final class EventCounters {
    private final Map<String, Counts> byCatalog = new ConcurrentHashMap<>();

    /** Made once a node. */
    public EventCounters() {}

    private static final class Counts {
        private final LongAdder calls = new LongAdder();
        private final LongAdder milliseconds = new LongAdder();
        private final Map<EventResult, LongAdder> results = new ConcurrentHashMap<>();
    }

    /** A call was answered. */
    void call(String catalog, long milliseconds) {
        Counts counts = counts(catalog);
        counts.calls.increment();
        counts.milliseconds.add(milliseconds);
    }

    /** An event of a call was answered. */
    void event(String catalog, EventResult result) {
        counts(catalog).results.computeIfAbsent(result, name -> new LongAdder()).increment();
    }

    private Counts counts(String catalog) {
        return byCatalog.computeIfAbsent(catalog, name -> new Counts());
    }

    /** The counts of a catalog since the node started. */
    public ObjectNode of(String catalog) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        Counts counts = byCatalog.getOrDefault(catalog, new Counts());
        json.put("calls", counts.calls.sum());
        json.put("took_ms", counts.milliseconds.sum());
        for (EventResult result : EventResult.values()) {
            LongAdder count = counts.results.get(result);
            json.put(result.id(), count == null ? 0 : count.sum());
        }
        return json;
    }
}
