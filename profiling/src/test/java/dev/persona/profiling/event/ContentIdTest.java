package dev.persona.profiling.event;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;

import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

class ContentIdTest {
    private static final long NOW = 1_769_851_800_000L;
    private static final String CLICK =
            "{'user_id':'ann','type':'click','item_id':'p1','timestamp':1769851000000}";

    private static String id(String text, long now) {
        try {
            return EventJson.parse(
                            new ObjectMapper().readTree(text.replace('\'', '"')),
                            EventRules.DEFAULT,
                            now)
                    .id();
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void theIdIsTheBeginningOfTheHashOfTheStoredEvent() throws NoSuchAlgorithmException {
        // Written out: ids of events already stored must not change.
        String stored =
                CLICK.replace(",'timestamp':1769851000000", "")
                        .replace("'click'", "'click','timestamp':1769851000000")
                        .replace('\'', '"');
        byte[] hash =
                MessageDigest.getInstance("SHA-256")
                        .digest(stored.getBytes(StandardCharsets.UTF_8));
        String expected = Base64.getUrlEncoder().encodeToString(hash).substring(0, 22);
        assertEquals(expected, id(CLICK, NOW));
        assertTrue(expected.matches("[A-Za-z0-9_-]{22}"));
    }

    @Test
    void theSameEventSentAgainLaterInAnotherOrderAndFormHasTheSameId() {
        String again =
                "{ 'timestamp' : '2026-01-31T09:16:40Z', 'item_id':'p1', 'query':null,"
                        + " 'type':'click', 'quantity':1, 'user_id':'ann' }";
        assertEquals(id(CLICK, NOW), id(again, NOW + 60_000));
    }

    @Test
    void theOrderOfTheKeysOfAContextTellsNoEventsApart() {
        assertEquals(
                id(CLICK.replace("}", ",'context':{'a':1,'b':true}}"), NOW),
                id(CLICK.replace("}", ",'context':{'b':true,'a':1}}"), NOW));
    }

    @Test
    void anyFieldThatDiffersGivesAnotherId() {
        List<String> others =
                List.of(
                        CLICK,
                        CLICK.replace("ann", "bob"),
                        CLICK.replace("click", "view"),
                        CLICK.replace("p1", "p2"),
                        CLICK.replace("1769851000000", "1769851000001"),
                        CLICK.replace("}", ",'session_id':'s'}"),
                        CLICK.replace("}", ",'query_id':'s'}"),
                        CLICK.replace("}", ",'query':'s'}"),
                        CLICK.replace("}", ",'position':2}"),
                        CLICK.replace("}", ",'quantity':2}"),
                        CLICK.replace("}", ",'price':2}"),
                        CLICK.replace("}", ",'value':2}"),
                        CLICK.replace("}", ",'channel':'s'}"),
                        CLICK.replace("}", ",'text':'s'}"),
                        CLICK.replace("}", ",'context':{'a':1}}"),
                        CLICK.replace("}", ",'context':{'a':'1'}}"),
                        CLICK.replace("}", ",'context':{'b':1}}"));
        Set<String> ids = new HashSet<>();
        others.forEach(text -> ids.add(id(text, NOW)));
        assertEquals(others.size(), ids.size());
    }

    @Test
    void withoutATimestampTheTimeOfArrivalTellsEventsApart() {
        String timeless = CLICK.replace(",'timestamp':1769851000000", "");
        assertNotEquals(id(timeless, NOW), id(timeless, NOW + 1));
    }

    @Test
    void anIdThatWasSentIsKept() {
        assertEquals("e1", id(CLICK.replace("}", ",'event_id':'e1'}"), NOW));
    }
}
