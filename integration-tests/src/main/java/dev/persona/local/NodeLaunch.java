package dev.persona.local;

import org.elasticsearch.bootstrap.ServerArgs;
import org.elasticsearch.common.io.stream.OutputStreamStreamOutput;
import org.elasticsearch.common.settings.KeyStoreWrapper;
import org.elasticsearch.common.settings.Settings;
import org.elasticsearch.env.Environment;
import org.elasticsearch.node.InternalSettingsPreparer;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Starts the server's main class as the distribution's launcher does: on the module path, with
 * entitlements in force, its arguments serialized on standard input.
 *
 * @param home what the node runs from
 * @param folder the node's own files; its configuration is written
 * @param heap size of the heap
 * @param jvmOptions further options of the node's JVM
 * @param secrets what the node finds in its keystore, by name
 */
record NodeLaunch(
        ElasticsearchHome home,
        NodeFolder folder,
        HeapSize heap,
        List<String> jvmOptions,
        Map<String, String> secrets) {

    /** From this version on a JVM can be told to refuse native access that was not granted. */
    private static final int JAVA_WITH_NATIVE_ACCESS_CONTROL = 24;

    /** What the node's command line holds and no other program's does. */
    String mark() {
        return "-Dpersona.node=" + folder.path();
    }

    /**
     * Starts a node that ends when this JVM does, however that comes about: it watches the pipe
     * that is its standard input.
     */
    Process bound() throws IOException {
        Process process = processBuilder(ProcessBuilder.Redirect.PIPE).start();
        OutputStream standardInput = process.getOutputStream();
        standardInput.write(arguments(false));
        standardInput.flush();
        return process;
    }

    /** Starts a node that outlives this JVM. */
    Process detached() throws IOException {
        Path arguments = folder.path().resolve("arguments.bin");
        Files.write(arguments, arguments(true));
        return processBuilder(ProcessBuilder.Redirect.from(arguments.toFile())).start();
    }

    private ProcessBuilder processBuilder(ProcessBuilder.Redirect standardInput) {
        folder.clearTemp();
        ProcessBuilder builder = new ProcessBuilder(command());
        builder.directory(folder.path().toFile());
        builder.redirectInput(standardInput);
        builder.redirectErrorStream(true);
        builder.redirectOutput(folder.console().toFile());
        Map<String, String> environment = builder.environment();
        // Options that are meant for the caller's own JVM.
        environment.remove("JAVA_TOOL_OPTIONS");
        environment.remove("JDK_JAVA_OPTIONS");
        environment.put("LIBFFI_TMPDIR", folder.temp().toString());
        // Search and training call BLAS from many threads of their own.
        environment.put("OPENBLAS_NUM_THREADS", "1");
        return builder;
    }

    private List<String> command() {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add(mark());
        command.addAll(memory());
        command.addAll(paths());
        command.addAll(serverDefaults());
        command.addAll(jvmOptions);
        command.addAll(callersOptions());
        command.addAll(modules());
        return command;
    }

    private List<String> memory() {
        return List.of(
                "-Xms" + heap,
                "-Xmx" + heap,
                "-XX:MaxDirectMemorySize=" + heap.directMemory(),
                "-XX:+UseG1GC",
                "-XX:+ExitOnOutOfMemoryError",
                "-XX:ErrorFile=" + folder.logs().resolve("hs_err_pid%p.log"));
    }

    private List<String> paths() {
        return List.of(
                "-Des.path.home=" + home.path(),
                "-Des.path.conf=" + folder.config(),
                "-Des.distribution.type=tar",
                "-Djava.io.tmpdir=" + folder.temp());
    }

    /** ES_JAVA_OPTS, as the distribution takes it: after its own options, before the modules. */
    private static List<String> callersOptions() {
        String options = System.getenv().getOrDefault("ES_JAVA_OPTS", "").strip();
        return options.isEmpty() ? List.of() : List.of(options.split("\\s+"));
    }

    /** What the distribution sets for every node, so that figures measured here hold there. */
    private static List<String> serverDefaults() {
        return List.of(
                "-Xss1m",
                "-Des.networkaddress.cache.ttl=60",
                "-Des.networkaddress.cache.negative.ttl=10",
                "-Dfile.encoding=UTF-8",
                "-Djava.awt.headless=true",
                "-Djava.locale.providers=CLDR",
                "-XX:-OmitStackTraceInFastThrow",
                "-Dio.netty.noUnsafe=true",
                "-Dio.netty.noKeySetOptimization=true",
                "-Dio.netty.recycler.maxCapacityPerThread=0",
                "-Dlog4j.shutdownHookEnabled=false",
                "-Dlog4j2.disable.jmx=true",
                "-Dlog4j2.formatMsgNoLookups=true");
    }

    private List<String> modules() {
        List<String> options = new ArrayList<>();
        // The node attaches the entitlement agent to itself.
        options.add("-Djdk.attach.allowAttachSelf=true");
        options.add("-XX:+EnableDynamicAgentLoading");
        options.add("--patch-module=java.base=" + home.entitlementBridge());
        options.add(
                "--add-exports=java.base/org.elasticsearch.entitlement.bridge="
                        + "org.elasticsearch.entitlement,java.logging,java.net.http,java.naming,jdk.net");
        options.add("--enable-native-access=org.elasticsearch.nativeaccess,org.apache.lucene.core");
        if (Runtime.version().feature() >= JAVA_WITH_NATIVE_ACCESS_CONTROL) {
            options.add("--illegal-native-access=deny");
        }
        options.add("--module-path=" + home.lib());
        options.add(
                "--add-modules="
                        + "jdk.incubator.vector,jdk.net,jdk.management.agent,ALL-MODULE-PATH");
        options.add("-m");
        options.add("org.elasticsearch.server/org.elasticsearch.bootstrap.Elasticsearch");
        return options;
    }

    /**
     * The arguments that the server reads from its standard input.
     *
     * @param detached the server then does not watch its standard input, whose end would stop it
     */
    private byte[] arguments(boolean detached) {
        Environment environment =
                InternalSettingsPreparer.prepareEnvironment(
                        Settings.EMPTY,
                        Map.of("path.home", home.path().toString()),
                        folder.config(),
                        () -> {
                            throw new IllegalStateException("node.name is always configured");
                        });
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (KeyStoreWrapper keystore = KeyStoreWrapper.create();
                OutputStreamStreamOutput out = new OutputStreamStreamOutput(bytes)) {
            secrets.forEach((name, value) -> keystore.setString(name, value.toCharArray()));
            new ServerArgs(
                            detached,
                            true,
                            null,
                            keystore,
                            environment.settings(),
                            environment.configDir(),
                            environment.logsDir())
                    .writeTo(out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
