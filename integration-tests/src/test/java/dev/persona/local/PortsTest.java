package dev.persona.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.net.ServerSocket;
import java.util.HashSet;
import java.util.List;

class PortsTest {

    @Test
    void freePortsAreDifferentAndCanBeListenedOn() {
        List<Integer> ports = Ports.free(5);
        assertEquals(5, new HashSet<>(ports).size());
        ports.forEach(port -> Ports.expectFree(port, 1));
    }

    @Test
    void aPortThatAnyAddressListensOnIsNamed() throws IOException {
        try (ServerSocket other = new ServerSocket(0)) {
            int port = other.getLocalPort();
            String refusal =
                    assertThrows(LocalClusterException.class, () -> Ports.expectFree(port, 1))
                            .getMessage();
            assertTrue(refusal.startsWith("port " + port + " is in use"), refusal);
        }
    }
}
