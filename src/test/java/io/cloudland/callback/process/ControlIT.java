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
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an operator types, each command a JVM of its own, against a service in another one. */
class ControlIT {

    private static final String FAT_JAR = System.getProperty("callback.fat.jar");

    @TempDir
    Path directory;

    private final Vertx local = Vertx.vertx();
    private Receiver receiver;
    private Path cluster;
    private Path conf;
    private Path socket;

    @BeforeEach
    void startReceiver() throws Exception {
        receiver = get(Receiver.start(local, ReceiverOptions.onFreePort()));
        cluster = ClusterFile.write(directory);
        Path store = directory.resolve("store");
        socket = store.resolve("admin.sock");
        conf = Files.writeString(
                directory.resolve("config.toml"),
                "[callback]\nurl = \"" + receiver.url() + "\"\nretry_max = 1\nretry_interval = 1\n"
                        + "[callback.store]\ntype = \"rocksdb\"\npath = \"" + store + "\"\n");
    }

    @AfterEach
    void stopReceiver() throws Exception {
        get(local.close());
    }

    private static <T> T get(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(60, TimeUnit.SECONDS);
    }

    private LiveProcess startService() {
        LiveProcess service = LiveProcess.java(
                directory,
                Map.of(),
                "-Dvertx.hazelcast.config=" + cluster,
                "-jar",
                FAT_JAR,
                "-conf",
                conf.toString(),
                "-cluster");
        service.awaitLine("takes commands on callback.commands");
        return service;
    }

    /** What a command prints; it must end with that code. */
    private String type(int exitCode, String... command) throws Exception {
        String[] arguments = Stream.of(
                        Stream.of("-jar", FAT_JAR), Arrays.stream(command), Stream.of("-conf", conf.toString()))
                .flatMap(part -> part)
                .toArray(String[]::new);
        try (LiveProcess process = LiveProcess.java(directory, Map.of(), arguments)) {
            assertThat(process.exitCode()).as(process.output()).isEqualTo(exitCode);
            return process.output();
        }
    }

    /** Joins the cluster as a host and sends a command for each of three instances. */
    private List<String> sendThree() throws Exception {
        VertxOptions options = new VertxOptions().setEventBusOptions(new EventBusOptions().setHost("127.0.0.1"));
        Vertx host = get(Vertx.builder()
                .with(options)
                .withClusterManager(new HazelcastClusterManager(new FileSystemXmlConfig(cluster.toFile())))
                .buildClustered());
        try {
            List<String> ids = new ArrayList<>();
            for (int id = 1; id <= 3; id++) {
                ids.add(send(host, id).getJsonArray("event_ids").getString(0));
            }
            return ids;
        } finally {
            get(host.close());
        }
    }

    private static JsonObject send(Vertx host, int id) throws Exception {
        JsonObject command = new JsonObject()
                .put("command", "action_vm.sh '" + id + "' 'running'")
                .put("resource", new JsonObject().put("resource_uuid", "uuid-" + id));
        return get(host.eventBus()
                .<JsonObject>request("callback.commands", command)
                .map(message -> message.body()));
    }

    private void awaitDead(int count) {
        await().atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofSeconds(1))
                .untilAsserted(() -> assertThat(type(0, "stats")).containsPattern("(?m)^dead +" + count + "$"));
    }

    @Test
    void what_died_is_found_and_delivered_by_typing_dead_and_replay() throws Exception {
        receiver.setFaults("status=503");
        try (LiveProcess service = startService()) {
            List<String> ids = sendThree();
            awaitDead(3);
            assertThat(type(0, "dead")).contains(ids).contains("HTTP 503", "instance/1", "instance/2", "instance/3");
            assertThat(type(0, "dead", ids.get(1))).contains("\"resource_id\":2");
            assertThat(type(0, "attempts", ids.get(0), "--outcome", "failed")).contains("HTTP 503");

            receiver.setFaults("");
            receiver.reset();
            assertThat(type(0, "replay", "--all")).contains("3 dead letters are pending again");
            await().untilAsserted(() -> assertThat(ids).allMatch(receiver::hasTaken));
            assertThat(receiver.report().unique()).isEqualTo(3);
            assertThat(type(0, "dead")).isEqualTo("no dead letter");

            service.terminate();
            assertThat(service.exitCode()).isEqualTo(143);
        }
        assertThat(socket).doesNotExist();
        assertThat(type(1, "dead")).contains("no service listens at " + socket);
    }

    @Test
    void the_socket_of_a_killed_service_is_replaced_by_the_next_one() throws Exception {
        startService().close(); // kill -9
        assertThat(socket).exists();
        assertThat(type(1, "stats")).contains("no service listens at " + socket);
        try (LiveProcess service = startService()) {
            assertThat(type(0, "stats")).contains("pending");
        }
    }
}
