package dev.persona.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;

import dev.persona.client.ElasticsearchClient;
import dev.persona.client.ElasticsearchClient.Answer;
import dev.persona.local.LocalCluster;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A node on which a native library does not load: it starts, and does what it can do without. */
class MissingLibrariesIT {

    private static final String ACME = SmallShop.userWhoLikes("acme");

    @Test
    void withoutBlasOnlyTheFactorsAreMissing() {
        try (LocalCluster cluster =
                LocalCluster.builder().changePlugin(MissingLibrariesIT::withoutGfortran).start()) {
            ElasticsearchClient client = cluster.client(0);
            String reason = whyNotLoaded(client, "blas");
            assertTrue(reason.contains("libgfortran"), reason);
            assertTrue(library(client, "lightgbm").path("loaded").asBoolean());

            SmallShop shop = SmallShop.withProfiles(client, "shop");
            assertUnavailable(
                    client.send("POST", shop.path("/factors/_train"), Map.of()), "libgfortran");
            shop.trainRanker(client);
            assertNotEquals(
                    Ranking.plain(client, "shop", "lantern"),
                    Ranking.personal(client, "shop", "lantern", ACME));
        }
    }

    @Test
    void withoutLightGbmOnlyTheRankingIsMissing() {
        try (LocalCluster cluster =
                LocalCluster.builder().changePlugin(MissingLibrariesIT::breakLightGbm).start()) {
            ElasticsearchClient client = cluster.client(0);
            String reason = whyNotLoaded(client, "lightgbm");
            assertTrue(reason.contains("lib_lightgbm"), reason);
            assertTrue(library(client, "blas").path("loaded").asBoolean());

            SmallShop shop = SmallShop.withProfiles(client, "shop");
            assertEquals(20, Ranking.plain(client, "shop", "lantern").ids().size());
            client.call("POST", shop.path("/factors/_train"), Map.of("iterations", 2));
            String model = shop.path("/models/default");
            for (Answer answer :
                    List.of(
                            client.send("POST", model + "/_train", Map.of()),
                            client.send("POST", model + "/_reload", null),
                            client.send(
                                    "POST",
                                    "/shop/_search",
                                    Ranking.personalSearch("lantern", ACME)))) {
                assertUnavailable(answer, "lib_lightgbm");
            }
        }
    }

    private static JsonNode library(ElasticsearchClient client, String name) {
        JsonNode info = client.call("GET", "/_persona", null);
        return info.path("nodes").elements().next().path(name);
    }

    private static String whyNotLoaded(ElasticsearchClient client, String name) {
        JsonNode library = library(client, name);
        assertFalse(library.path("loaded").asBoolean(true), library.toString());
        return library.path("reason").asText();
    }

    private static void assertUnavailable(Answer answer, String named) {
        assertEquals(503, answer.status(), answer.json().toString());
        String reason = answer.json().at("/error/reason").asText();
        assertTrue(reason.contains(named), reason);
    }

    /** jblas is linked against what this removes; a system that has it needs no bundle. */
    private static void withoutGfortran(Path plugin) {
        deleteAll(plugin.resolve("native/linux-x86_64"));
    }

    /** What is in the jar in place of the library is no library. */
    private static void breakLightGbm(Path plugin) {
        try (Stream<Path> jars = Files.list(plugin)) {
            Path jar =
                    jars.filter(file -> file.getFileName().toString().startsWith("lightgbm4j-"))
                            .findFirst()
                            .orElseThrow();
            try (FileSystem contents = FileSystems.newFileSystem(jar)) {
                Files.writeString(
                        contents.getPath("lightgbm4j/linux/x86_64/lib_lightgbm.so"), "broken");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void deleteAll(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
            Files.delete(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
