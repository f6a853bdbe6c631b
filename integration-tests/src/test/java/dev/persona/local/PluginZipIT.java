package dev.persona.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** What the build ships. */
class PluginZipIT {

    private static final Checkout CHECKOUT = Checkout.locate();

    private ZipFile zip;
    private Set<String> names;

    @BeforeEach
    void open() throws IOException {
        zip = new ZipFile(CHECKOUT.pluginZip().toFile());
        names = zip.stream().map(ZipEntry::getName).collect(Collectors.toSet());
    }

    @AfterEach
    void close() throws IOException {
        zip.close();
    }

    private String text(String entry) throws IOException {
        try (InputStream in = zip.getInputStream(zip.getEntry(entry))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void theDescriptorNamesAModularPluginForThisElasticsearch() {
        PluginArchive archive = PluginArchive.open(CHECKOUT.pluginZip());
        Map<String, String> expected =
                Map.of(
                        "name", "persona",
                        "version", Checkout.version(),
                        "elasticsearch.version", "9.5.3",
                        "java.version", "21",
                        "classname", "dev.persona.plugin.PersonaPlugin",
                        "modulename", "dev.persona.plugin");
        expected.forEach((key, value) -> assertEquals(value, archive.property(key), key));
    }

    @Test
    void theEntitlementPolicyGrantsNativeLibrariesToTheModulesThatLoadThem() throws IOException {
        String policy = text("entitlement-policy.yaml");
        for (String module : List.of("dev.persona.profiling", "jblas", "lightgbm4j")) {
            assertTrue(
                    policy.matches(
                            "(?s).*(^|\\n)%s:\\n([ \\t]+[^\\n]*\\n)*[ \\t]+- load_native_libraries.*"
                                    .formatted(module)),
                    module + " in " + policy);
        }
    }

    @Test
    void thePluginComesWithWhatItIsMadeOfAndNothingTheServerBrings() {
        for (String jar :
                List.of(
                        "persona-plugin",
                        "persona-ranking",
                        "persona-profiling",
                        "jblas",
                        "hipparchus-clustering",
                        "hipparchus-core",
                        "hipparchus-stat",
                        "lightgbm4j",
                        "slf4j-api")) {
            assertEquals(
                    1,
                    names.stream().filter(n -> n.matches(jar + "-[\\d.-]+\\.jar")).count(),
                    jar + " in " + names);
        }
        List<String> ofTheServer =
                names.stream()
                        .filter(n -> n.matches("(elasticsearch|lucene|log4j|netty).*\\.jar"))
                        .toList();
        assertEquals(List.of(), ofTheServer);
    }

    @Test
    void theLibrariesThatJblasIsLinkedAgainstAreBundled() {
        for (String file : List.of("libgfortran.so.5", "libquadmath.so.0")) {
            ZipEntry entry = zip.getEntry("native/linux-x86_64/" + file);
            assertTrue(entry != null && entry.getSize() > 100_000, file + " in " + names);
        }
    }

    @Test
    void theNoticeNamesWhatIsBundledAndItsLicence() throws IOException {
        assertTrue(text("LICENSE").contains("Apache License"));
        String notice = text("NOTICE");
        for (String part :
                List.of(
                        "jblas",
                        "hipparchus-clustering",
                        "hipparchus-core",
                        "hipparchus-stat",
                        "OpenBLAS",
                        "lightgbm4j",
                        "LightGBM",
                        "jackson",
                        "slf4j",
                        "libgfortran",
                        "libquadmath")) {
            assertTrue(notice.contains(part), part);
        }
    }
}
