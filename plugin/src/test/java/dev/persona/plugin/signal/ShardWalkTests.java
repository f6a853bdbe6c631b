package dev.persona.plugin.signal;

import dev.persona.profiling.event.EventType;
import dev.persona.profiling.profile.ForwardDecay;
import dev.persona.profiling.profile.ProfileRules;
import dev.persona.ranking.signal.SignalBuilder;
import dev.persona.ranking.signal.TrainingWindow;

import org.apache.lucene.document.Document;
import org.apache.lucene.document.SortedNumericDocValuesField;
import org.apache.lucene.document.SortedSetDocValuesField;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.store.ByteBuffersDirectory;
import org.apache.lucene.store.Directory;
import org.apache.lucene.util.BytesRef;
import org.elasticsearch.ElasticsearchException;
import org.elasticsearch.tasks.TaskCancelHelper;
import org.elasticsearch.tasks.TaskCancelledException;
import org.elasticsearch.tasks.TaskId;
import org.elasticsearch.test.ESTestCase;
import org.junit.After;

import java.io.IOException;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

public class ShardWalkTests extends ESTestCase {
    private static final int EVENTS = 10_000;

    private final Directory directory = new ByteBuffersDirectory();
    private final AtomicLong bytes = new AtomicLong();
    private final GatherTask task =
            new GatherSignalsRequest("products", 0, window(), 0)
                    .createTask(1, "transport", "action", TaskId.EMPTY_TASK_ID, Map.of());
    private final SignalBuilder signals = builder(bytes);

    private static SignalBuilder builder(AtomicLong bytes) {
        ProfileRules rules =
                new ProfileRules(
                        Map.of(EventType.CLICK, 1.0),
                        window().decay(),
                        ZoneOffset.UTC,
                        Optional.empty());
        return new SignalBuilder(rules, window(), 0, bytes::addAndGet);
    }

    private static TrainingWindow window() {
        return TrainingWindow.all(new ForwardDecay(1000));
    }

    @After
    public void closeDirectory() throws IOException {
        directory.close();
    }

    private void write(int events, String... fields) throws IOException {
        try (IndexWriter writer = new IndexWriter(directory, new IndexWriterConfig())) {
            for (int i = 0; i < events; i++) {
                Document event = new Document();
                for (String field : fields) {
                    String text = field.equals("type") ? "click" : field + i;
                    event.add(new SortedSetDocValuesField(field, new BytesRef(text)));
                }
                event.add(new SortedNumericDocValuesField("timestamp", 0));
                writer.addDocument(event);
            }
        }
    }

    private void walk() throws IOException {
        try (DirectoryReader reader = DirectoryReader.open(directory)) {
            new ShardWalk(task, signals, bytes::addAndGet).over(reader);
        }
    }

    public void testAllIsReadAndItsTaskShowsHowFarItIs() throws Exception {
        write(EVENTS, "type", "user_id", "item_id");
        walk();

        assertEquals(EVENTS, signals.interactions().entries());
        assertEquals("reading events", task.getStatus().phase());
        assertEquals(EVENTS, task.getStatus().total());
        assertTrue("" + task.getStatus().done(), task.getStatus().done() > EVENTS - 1100);
    }

    public void testAWalkEndsWithItsTask() throws Exception {
        write(EVENTS, "type", "user_id", "item_id");
        TaskCancelHelper.cancel(task, "enough");

        expectThrows(TaskCancelledException.class, this::walk);

        assertEquals(0, signals.sums().users().ids().size());
    }

    public void testMemoryOfASegmentIsGivenBackAfterIt() throws Exception {
        write(EVENTS, "type", "user_id", "item_id");
        walk();

        AtomicLong alone = new AtomicLong();
        SignalBuilder same = builder(alone);
        for (int i = 0; i < EVENTS; i++) {
            same.add(
                    same.user("user_id" + i),
                    same.item("item_id" + i),
                    EventType.CLICK,
                    0,
                    Double.NaN,
                    0);
        }
        assertTrue(alone.get() > 0);
        assertEquals(alone.get(), bytes.get());
    }

    public void testWhatIsNoEventIsNotPassedOver() throws Exception {
        write(1, "type", "item_id");

        ElasticsearchException e = expectThrows(ElasticsearchException.class, this::walk);

        assertEquals("a stored event lacks its [user_id]", e.getMessage());
    }
}
