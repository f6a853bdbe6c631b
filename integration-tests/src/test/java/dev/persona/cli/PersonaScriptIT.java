package dev.persona.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.persona.client.ElasticsearchClient;
import dev.persona.local.Checkout;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The script as a person calls it, in a checkout of its own so that no one's nodes are touched. */
class PersonaScriptIT {

    private static final List<String> PARTS =
            List.of("persona", "pom.xml", "config", "plugin", "integration-tests");

    @TempDir Path checkout;

    @BeforeEach
    void link() throws IOException {
        Path root = Checkout.locate().root();
        for (String part : PARTS) {
            Files.createSymbolicLink(checkout.resolve(part), root.resolve(part));
        }
    }

    @AfterEach
    void unlink() throws IOException {
        for (String part : PARTS) {
            Files.delete(checkout.resolve(part));
        }
    }

    private record Result(int exitCode, String output) {}

    private Result persona(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(checkout.resolve("persona").toString());
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("PERSONA_NO_BUILD", "1");
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Result(process.waitFor(), output);
    }

    @Test
    void aNodeRunsFromStartToStop() throws IOException, InterruptedException {
        int port;
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = taken.getLocalPort();
            Result refused = persona("start", "--port", "" + port, "--heap", "512m");
            assertEquals(1, refused.exitCode(), refused.output());
            assertTrue(refused.output().contains("port " + port + " is in use"));
        }
        assertEquals(3, persona("status").exitCode());

        Result started = persona("start", "--port", "" + port, "--heap", "512m");
        try {
            assertEquals(0, started.exitCode(), started.output());
            String url = "http://127.0.0.1:" + port;
            assertTrue(started.output().contains(url), started.output());
            try (ElasticsearchClient client = new ElasticsearchClient(URI.create(url))) {
                assertEquals(
                        1,
                        client.call("GET", "/_cluster/health", null)
                                .path("number_of_nodes")
                                .asInt());
            }
            assertEquals(0, persona("start", "--port", "" + port, "--heap", "512m").exitCode());
            assertEquals(1, persona("start", "--port", "" + port, "--heap", "1g").exitCode());
        } finally {
            Result status = persona("status");
            Result stopped = persona("stop");
            assertEquals(0, status.exitCode(), status.output());
            assertEquals(0, stopped.exitCode(), stopped.output());
            Matcher pid = Pattern.compile("pid (\\d+)").matcher(status.output());
            assertTrue(pid.find(), status.output());
            // What has ended but was not yet asked about has no command line.
            assertEquals(
                    Optional.empty(),
                    ProcessHandle.of(Long.parseLong(pid.group(1)))
                            .flatMap(process -> process.info().commandLine()));
        }
        assertEquals(3, persona("status").exitCode());
        assertEquals("Nothing was running.", persona("stop").output().strip());
    }

    @Test
    void helpExplainsEachCommandAndItsOptions() throws IOException, InterruptedException {
        Result all = persona("help");
        assertEquals(0, all.exitCode());
        for (String command : Persona.COMMANDS.keySet()) {
            assertTrue(all.output().contains("\n  " + command + " "), all.output());
            assertEquals(0, persona("help", command).exitCode());
        }
        for (String option : List.of("--nodes", "--port", "--heap", "--clean")) {
            assertTrue(persona("start", "--help").output().contains("\n  " + option), option);
        }
    }

    @Test
    void whatIsUnknownIsRefusedWithWhatIsKnown() throws IOException, InterruptedException {
        Result command = persona("strat");
        assertEquals(2, command.exitCode());
        assertTrue(command.output().contains("[strat]; known: "), command.output());
        Result option = persona("start", "--prot", "1");
        assertEquals(2, option.exitCode());
        assertTrue(option.output().contains("[--prot]; known: --clean"), option.output());
    }
}
