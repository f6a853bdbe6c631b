package dev.persona.bench.chaos;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.persona.bench.chaos.UserMerges.Call;

import org.junit.jupiter.api.Test;

import java.util.HashSet;
import java.util.Set;

class UserMergesTest {

    private static final int USERS = 400;

    @Test
    void noIdIsGivenUpTwiceOrTakesOthersInAfterwards() {
        Set<String> gone = new HashSet<>();
        for (Call call : new UserMerges(USERS, 40).calls()) {
            assertTrue(gone.contains(call.into()) == false, call.toString());
            for (String id : call.from()) {
                assertTrue(gone.add(id), call.toString());
            }
        }
    }

    @Test
    void whatWasMergedIntoAnIdGoesOnWithIt() {
        UserMerges merges = new UserMerges(USERS, 4);
        assertEquals(4, merges.calls().size());
        assertEquals("u3", merges.user("u2"));
        String early = merges.calls().get(2).from().get(0);
        assertEquals("u2", merges.calls().get(2).into());
        assertEquals("u3", merges.user(early));
        assertEquals("u100", merges.user("u100"));
    }

    @Test
    void mostUsersAreMergedWithNobody() {
        for (int users = 1; users < 60; users++) {
            assertTrue(new UserMerges(users, 1000).ids().size() <= users / 2, users + " users");
        }
    }
}
