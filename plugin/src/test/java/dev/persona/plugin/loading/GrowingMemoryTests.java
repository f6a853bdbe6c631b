package dev.persona.plugin.loading;

import org.elasticsearch.common.breaker.CircuitBreaker;
import org.elasticsearch.common.breaker.CircuitBreakingException;
import org.elasticsearch.common.unit.ByteSizeValue;
import org.elasticsearch.common.util.LimitedBreaker;
import org.elasticsearch.test.ESTestCase;

public class GrowingMemoryTests extends ESTestCase {
    private static final int MB = 1 << 20;

    private final CircuitBreaker breaker = new LimitedBreaker("test", ByteSizeValue.ofMb(4));
    private final GrowingMemory memory = new GrowingMemory(Memory.of(breaker), "a test");

    public void testItIsTakenInStepsAndAllGivenBack() {
        memory.accept(100);
        assertEquals(MB, breaker.getUsed());
        memory.accept(MB - 100);
        assertEquals(MB, breaker.getUsed());
        memory.accept(2 * MB);
        assertEquals(3 * MB, breaker.getUsed());
        memory.close();
        assertEquals(0, breaker.getUsed());
    }

    public void testWhatIsNotUsedAnyMoreIsUsedAgain() {
        memory.accept(2 * MB);
        memory.accept(-MB);
        memory.accept(MB);
        assertEquals(2 * MB, breaker.getUsed());
    }

    public void testMoreThanThereIsIsRefusedAndNothingOfItTaken() {
        memory.accept(MB);
        expectThrows(CircuitBreakingException.class, () -> memory.accept(4 * MB));
        assertEquals(MB, breaker.getUsed());
        memory.accept(2 * MB);
        assertEquals(3 * MB, breaker.getUsed());
    }

    public void testNothingIsTakenOnceItIsClosed() {
        memory.close();
        memory.accept(3 * MB);
        assertEquals(0, breaker.getUsed());
    }
}
