package io.cloudland.callback.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.hazelcast.config.FileSystemXmlConfig;
import io.cloudland.callback.receiver.Receiver;
import io.cloudland.callback.receiver.ReceiverOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.eventbus.EventBusOptions;
import io.vertx.core.json.JsonObject;
import io.vertx.spi.cluster.hazelcast.HazelcastClusterManager;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each way to run the service, as a real JVM, with commands sent by a host in another JVM of the cluster: this one. */
class WaysToRunIT {

    private static final String FAT_JAR = System.getProperty("callback.fat.jar");
    private static final String THIN_JAR = System.getProperty("callback.thin.jar");
    private static final String VERTICLE = "io.cloudland.callback.CallbackVerticle";
    private static final String READY = "takes commands on callback.commands";

    @TempDir
    Path directory;

    private final Vertx local = Vertx.vertx();
    private Receiver receiver;
    private Path cluster;

    @BeforeEach
    void startReceiver() throws Exception {
        receiver = get(Receiver.start(local, ReceiverOptions.onFreePort()));
        cluster = ClusterFile.write(directory);
    }

    @AfterEach
    void stopReceiver() throws Exception {
        get(local.close());
    }

    private static <T> T get(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(60, TimeUnit.SECONDS);
    }

    private Path toml(String more) throws Exception {
        return Files.writeString(
                directory.resolve("config.toml"), "[callback]\nurl = \"" + receiver.url() + "\"\n" + more);
    }

    private String json() {
        return new JsonObject()
                .put("callback", new JsonObject().put("url", receiver.url()))
                .encode();
    }

    private String clusterProperty() {
        return "-Dvertx.hazelcast.config=" + cluster;
    }

    private static JsonObject command(int id, String status) {
        return new JsonObject()
                .put("command", "action_vm.sh '" + id + "' '" + status + "'")
                .put("resource", new JsonObject().put("resource_uuid", "uuid-" + id));
    }

    private Vertx joinCluster() throws Exception {
        VertxOptions options = new VertxOptions().setEventBusOptions(new EventBusOptions().setHost("127.0.0.1"));
        return get(Vertx.builder()
                .with(options)
                .withClusterManager(new HazelcastClusterManager(new FileSystemXmlConfig(cluster.toFile())))
                .buildClustered());
    }

    /** Joins the cluster as a host, sends 40 commands of 10 instances with one line each, and waits for the callbacks. */
    private void sendsFromAnotherNode() throws Exception {
        Vertx host = joinCluster();
        try {
            for (int i = 0; i < 40; i++) {
                JsonObject command = command(1 + i % 10, "status-" + i / 10);
                JsonObject reply = get(host.eventBus()
                        .<JsonObject>request("callback.commands", command)
                        .map(message -> message.body()));
                assertThat(reply.getString("status")).isEqualTo("accepted");
                assertThat(reply.getJsonArray("event_ids")).hasSize(1);
            }
        } finally {
            get(host.close());
        }
        await().untilAsserted(() -> assertThat(receiver.report().unique()).isEqualTo(40));
        assertThat(receiver.report().outOfOrder()).isZero();
        assertThat(receiver.report().missing()).isZero();
        assertThat(receiver.report().chainBreaks()).isZero();
    }

    private void runsDeliversAndStops(LiveProcess service, int exitCode) throws Exception {
        service.awaitLine(READY);
        sendsFromAnotherNode();
        service.terminate();
        assertThat(service.exitCode()).as(service.output()).isEqualTo(exitCode);
        assertThat(service.output()).contains("stopped");
    }

    @Test
    void java_jar_with_a_toml_file_delivers_what_a_host_on_another_node_sends() throws Exception {
        try (LiveProcess service = LiveProcess.java(
                directory,
                Map.of(),
                clusterProperty(),
                "-jar",
                FAT_JAR,
                "-conf",
                toml("workers = 2\n").toString(),
                "-cluster",
                "-cluster-host",
                "127.0.0.1")) {
            runsDeliversAndStops(service, 143);
        }
    }

    @Test
    void the_vertx_application_launcher_runs_it_with_json() throws Exception {
        try (LiveProcess service = LiveProcess.java(
                directory,
                Map.of(),
                clusterProperty(),
                "-cp",
                FAT_JAR,
                "io.vertx.launcher.application.VertxApplication",
                VERTICLE,
                "-conf",
                json(),
                "-cluster",
                "-cluster-host",
                "127.0.0.1")) {
            runsDeliversAndStops(service, 143);
        }
    }

    @Test
    void the_vertx_application_launcher_runs_it_with_a_toml_file_named_in_the_environment() throws Exception {
        try (LiveProcess service = LiveProcess.java(
                directory,
                Map.of("VERTX_CONFIG_PATH", toml("").toString()),
                clusterProperty(),
                "-cp",
                FAT_JAR,
                "io.vertx.launcher.application.VertxApplication",
                VERTICLE,
                "-cluster",
                "-cluster-host",
                "127.0.0.1")) {
            runsDeliversAndStops(service, 143);
        }
    }

    @Test
    void the_legacy_launcher_runs_it() throws Exception {
        try (LiveProcess service = LiveProcess.java(
                directory,
                Map.of(),
                clusterProperty(),
                "-cp",
                FAT_JAR,
                "io.vertx.core.Launcher",
                "run",
                VERTICLE,
                "-conf",
                json(),
                "-cluster",
                "-cluster-host",
                "127.0.0.1")) {
            runsDeliversAndStops(service, 143);
        }
    }

    @Test
    void a_host_embeds_the_thin_jar_twice_with_different_prefixes() throws Exception {
        try (LiveProcess host = LiveProcess.java(
                directory,
                Map.of(),
                "-cp",
                String.join(File.pathSeparator, THIN_JAR, testClasses(), libraryClassPath()),
                EmbeddingHost.class.getName(),
                receiver.url())) {
            host.awaitLine("REPLIES [accepted, accepted]");
            host.awaitLine("DELIVERED 1 1");
            assertThat(host.exitCode()).isZero();
        }
        assertThat(receiver.report().unique()).isEqualTo(2);
    }

    /** What the thin jar's users get: its dependencies without the optional ones. */
    private static String libraryClassPath() {
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator, -1))
                .filter(entry -> entry.endsWith(".jar"))
                .filter(entry -> !entry.matches(".*(cloudland-callback|launcher|hazelcast|picocli|logback).*"))
                .collect(Collectors.joining(File.pathSeparator));
    }

    private static String testClasses() throws Exception {
        return Path.of(WaysToRunIT.class
                        .getProtectionDomain()
                        .getCodeSource()
                        .getLocation()
                        .toURI())
                .toString();
    }

    @Test
    void sigterm_brings_in_what_is_under_way_and_exits_within_the_limit() throws Exception {
        receiver.setFaults("delay=1000ms");
        try (LiveProcess service = LiveProcess.java(
                directory,
                Map.of(),
                clusterProperty(),
                "-jar",
                FAT_JAR,
                "-conf",
                toml("shutdown_timeout = 15\n[callback.store]\ntype = \"memory\"\n")
                        .toString(),
                "-cluster")) {
            service.awaitLine(READY);
            sendsAndTerminates(service);
            assertThat(service.exitCode()).isEqualTo(143);
            assertThat(service.output()).contains("stopped", "delivered=3", "pending=0");
        }
        assertThat(receiver.report().unique()).isEqualTo(3);
    }

    private void sendsAndTerminates(LiveProcess service) throws Exception {
        Vertx host = joinCluster();
        for (int id = 1; id <= 3; id++) {
            get(host.eventBus().request("callback.commands", command(id, "running")));
        }
        service.terminate();
        service.exitCode();
        get(host.close());
    }

    @Test
    void a_wrong_configuration_names_every_problem_starts_nothing_and_exits_2() throws Exception {
        Path wrong = Files.writeString(
                directory.resolve("wrong.toml"), "[callback]\nurl = \"ftp://x\"\nworkers = 0\nretry_intervall = 5\n");
        try (LiveProcess service = LiveProcess.java(directory, Map.of(), "-jar", FAT_JAR, "-conf", wrong.toString())) {
            assertThat(service.exitCode()).isEqualTo(2);
            assertThat(service.output())
                    .contains("wrong.toml:2:", "wrong.toml:3:", "wrong.toml:4:", "callback.retry_interval")
                    .doesNotContain(READY);
        }
    }

    @Test
    void a_missing_configuration_file_stops_the_start() throws Exception {
        try (LiveProcess service = LiveProcess.java(directory, Map.of(), "-jar", FAT_JAR, "-conf", "no/such.toml")) {
            assertThat(service.exitCode()).isEqualTo(2);
            assertThat(service.output()).contains("no/such.toml").doesNotContain(READY);
        }
    }

    @Test
    void enabled_is_switched_by_changing_the_file_while_it_runs() throws Exception {
        Path file = toml("");
        try (LiveProcess service = LiveProcess.java(directory, Map.of(), "-jar", FAT_JAR, "-conf", file.toString())) {
            service.awaitLine(READY);
            Path next = Files.writeString(directory.resolve("next.toml"), Files.readString(file) + "enabled = false\n");
            Files.move(next, file, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
            service.awaitLine("are ignored from now on");
        }
    }
}
