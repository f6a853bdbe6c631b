package dev.persona.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;

/** TCP ports on the loopback address. */
final class Ports {

    private Ports() {}

    /** So many different ports that nothing listens on at this moment. */
    static List<Integer> free(int count) {
        List<ServerSocket> held = new ArrayList<>();
        try {
            List<Integer> ports = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                // All are held until the last one is found, or the system may give one out twice.
                ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                held.add(socket);
                ports.add(socket.getLocalPort());
            }
            return List.copyOf(ports);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            held.forEach(Ports::release);
        }
    }

    /**
     * Checks that so many ports from the first one on can be listened on.
     *
     * @throws LocalClusterException naming the first one that is taken
     */
    static List<Integer> expectFree(int first, int count) {
        List<Integer> ports = new ArrayList<>();
        for (int port = first; port < first + count; port++) {
            try (ServerSocket socket =
                    new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                ports.add(socket.getLocalPort());
            } catch (IOException e) {
                throw new LocalClusterException(
                        "port %d is in use by another program: choose another with --port"
                                .formatted(port),
                        e);
            }
        }
        return List.copyOf(ports);
    }

    private static void release(ServerSocket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
