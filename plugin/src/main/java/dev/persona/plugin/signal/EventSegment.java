package dev.persona.plugin.signal;

import dev.persona.plugin.json.Json;
import dev.persona.profiling.event.EventType;
import dev.persona.ranking.signal.SignalBuilder;

import org.apache.lucene.index.DocValues;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.SortedNumericDocValues;
import org.apache.lucene.util.NumericUtils;
import org.elasticsearch.ElasticsearchException;
import org.elasticsearch.index.fieldvisitor.LeafStoredFieldLoader;
import org.elasticsearch.index.fieldvisitor.StoredFieldLoader;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongConsumer;

/**
 * The events of one segment, read from doc values. Only what an impression has shown is read from
 * the stored event: doc values of several texts come without their order.
 */
final class EventSegment {
    private final SignalBuilder signals;
    private final NumberedValues users;
    private final NumberedValues items;
    private final NumberedValues types;
    private final List<EventType> typeOfNumber = new ArrayList<>();
    private final SortedNumericDocValues timestamps;
    private final SortedNumericDocValues values;
    private final SortedNumericDocValues positions;
    private final LeafStoredFieldLoader stored;

    EventSegment(LeafReaderContext context, SignalBuilder signals, LongConsumer memory)
            throws IOException {
        LeafReader segment = context.reader();
        this.signals = signals;
        this.users = new NumberedValues(segment, "user_id", memory, signals::user);
        this.items = new NumberedValues(segment, "item_id", memory, signals::item);
        this.types = new NumberedValues(segment, "type", memory, this::number);
        this.timestamps = DocValues.getSortedNumeric(segment, "timestamp");
        this.values = DocValues.getSortedNumeric(segment, "value");
        this.positions = DocValues.getSortedNumeric(segment, "position");
        this.stored = StoredFieldLoader.sequentialSource().getLoader(context, null);
    }

    private int number(String type) {
        typeOfNumber.add(EventType.named(type));
        return typeOfNumber.size() - 1;
    }

    /** Adds an event to the signals; documents are given in ascending order. */
    void add(int doc) throws IOException {
        int number = required(types.of(doc), "type");
        if (!timestamps.advanceExact(doc)) {
            throw lacks("timestamp");
        }
        long timestamp = timestamps.nextValue();
        if (!signals.counts(timestamp)) {
            return;
        }
        EventType type = typeOfNumber.get(number);
        if (type == EventType.IMPRESSION) {
            stored.advanceTo(doc);
            signals.shown(Json.storedTexts(stored.source(), "items"), position(doc));
            return;
        }
        int item = type.isAboutList() ? NumberedValues.ABSENT : items.of(doc);
        if (item != NumberedValues.ABSENT) {
            signals.add(
                    required(users.of(doc), "user_id"),
                    item,
                    type,
                    timestamp,
                    values.advanceExact(doc)
                            ? NumericUtils.sortableLongToDouble(values.nextValue())
                            : Double.NaN,
                    position(doc));
        }
    }

    private int position(int doc) throws IOException {
        return positions.advanceExact(doc) ? (int) positions.nextValue() : 0;
    }

    private static int required(int number, String field) {
        if (number == NumberedValues.ABSENT) {
            throw lacks(field);
        }
        return number;
    }

    private static ElasticsearchException lacks(String field) {
        return new ElasticsearchException("a stored event lacks its [{}]", field);
    }

    /** What the memory was told to be taken. */
    long bytes() {
        return users.bytes() + items.bytes() + types.bytes();
    }
}
