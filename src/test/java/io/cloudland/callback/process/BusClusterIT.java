package io.cloudland.callback.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.hazelcast.config.Config;
import com.hazelcast.config.XmlConfigBuilder;
import io.cloudland.callback.CallbackOptions;
import io.cloudland.callback.CallbackVerticle;
import io.cloudland.callback.CommandSender;
import io.cloudland.callback.error.CallbackException;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.eventbus.EventBusOptions;
import io.vertx.core.json.JsonObject;
import io.vertx.spi.cluster.hazelcast.HazelcastClusterManager;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Nodes with stores of their own, in JVMs of their own and in this one, that find each other by the list of members as shipped. */
class BusClusterIT {

    private static final String FAT_JAR = System.getProperty("callback.fat.jar");
    private static final String READY = "takes commands on callback.commands";
    private static final String HOST = "127.0.0.1";

    @TempDir
    Path directory;

    private final Vertx local = Vertx.vertx();
    private final Set<String> delivered = ConcurrentHashMap.newKeySet();
    private final Set<Object> acceptedIds = ConcurrentHashMap.newKeySet();
    private final AtomicInteger tries = new AtomicInteger();
    private final AtomicInteger settled = new AtomicInteger();
    private Path cluster;
    private int port;

    @BeforeEach
    void startEndpoint() throws Exception {
        port = get(local.createHttpServer()
                        .requestHandler(request -> {
                            delivered.add(request.getHeader("webhook-id"));
                            request.response().end();
                        })
                        .listen(0, HOST))
                .actualPort();
        String shipped = Files.readString(Path.of("conf", "cluster-members.xml"));
        cluster = Files.writeString(
                directory.resolve("cluster.xml"),
                shipped.replace(">cloudland-callback<", ">callback-test-" + UUID.randomUUID() + "<")
                        .replace("port-count=\"3\">5701<", "port-count=\"50\">5791<"));
    }

    @AfterEach
    void close() throws Exception {
        get(local.close());
    }

    private static <T> T get(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(60, TimeUnit.SECONDS);
    }

    private LiveProcess node(String name) throws Exception {
        return node(name, HOST);
    }

    private LiveProcess started(String name) throws Exception {
        LiveProcess node = node(name);
        node.awaitLine(READY);
        return node;
    }

    private LiveProcess node(String name, String host) throws Exception {
        Path home = Files.createDirectories(directory.resolve(name));
        String toml = """
                [callback]
                url = "http://%s:%d/"
                retry_interval = 1
                [callback.store]
                path = "%s"
                """.formatted(HOST, port, home.resolve("store"));
        Path conf = Files.writeString(home.resolve("config.toml"), toml);
        return LiveProcess.java(
                home,
                Map.of(),
                "-Dvertx.hazelcast.config=" + cluster,
                "-jar",
                FAT_JAR,
                "-conf",
                conf.toString(),
                "-cluster",
                "-cluster-host",
                host,
                "-cluster-members",
                host);
    }

    private Vertx host() throws Exception {
        Properties variables = new Properties();
        variables.setProperty("cluster.host", HOST);
        variables.setProperty("cluster.members", HOST);
        XmlConfigBuilder builder = new XmlConfigBuilder(Files.newInputStream(cluster));
        builder.setProperties(variables);
        Config config = builder.build();
        return get(Vertx.builder()
                .with(new VertxOptions().setEventBusOptions(new EventBusOptions().setHost(HOST)))
                .withClusterManager(new HazelcastClusterManager(config))
                .buildClustered());
    }

    /** Loopback, and where the machine has one, an address that others can reach. */
    static Stream<String> addresses() throws Exception {
        Stream<String> others = NetworkInterface.networkInterfaces()
                .flatMap(NetworkInterface::inetAddresses)
                .filter(address -> address instanceof Inet4Address && !address.isLoopbackAddress())
                .map(InetAddress::getHostAddress)
                .limit(1);
        return Stream.concat(Stream.of(HOST), others);
    }

    @ParameterizedTest
    @MethodSource("addresses")
    @EnabledOnOs(OS.LINUX)
    void a_node_listens_on_the_address_that_it_is_told_and_nowhere_else(String address) throws Exception {
        try (LiveProcess node = node("one", address)) {
            node.awaitLine(READY);
            OpenSockets sockets = OpenSockets.of(node.pid());
            assertThat(sockets.listening()).hasSizeGreaterThanOrEqualTo(2).containsOnly(address);
            assertThat(sockets.datagrams()).as("multicast").isEmpty();
        }
    }

    @Test
    void a_node_without_an_address_that_is_this_machine_s_does_not_start() throws Exception {
        try (LiveProcess node = node("one", "203.0.113.7")) {
            assertThat(node.exitCode()).isNotZero();
            assertThat(node.output()).contains("No matching network interface").doesNotContain(READY);
        }
    }

    @Test
    void a_node_that_is_killed_amid_commands_loses_none_that_was_accepted_and_leaves_none_unanswered()
            throws Exception {
        Vertx host = host();
        try (LiveProcess second = started("second")) {
            service("first", host);
            Vertx another = host();
            service("third", another);
            second.awaitLine("does not share a store with this one");
            CommandSender sender = new CommandSender(host, CommandSender.DEFAULT_ADDRESS, Duration.ofSeconds(2));
            settles(sender, 1, 100);
            second.close();
            settles(sender, 101, 300);
            assertThat(tries.get()).as("some were sent to the dead").isGreaterThan(300);
            try (LiveProcess again = started("second")) {
                assertThat(again.isAlive()).isTrue();
                settles(sender, 301, 400);
                await().atMost(Duration.ofSeconds(60))
                        .untilAsserted(() -> assertThat(delivered).containsAll((Set) acceptedIds));
            }
            assertThat(acceptedIds).hasSizeGreaterThanOrEqualTo(400);
            get(another.close());
        } finally {
            get(host.close());
        }
    }

    private void service(String name, Vertx node) throws Exception {
        get(node.deployVerticle(
                new CallbackVerticle(),
                new CallbackOptions()
                        .setUrl("http://" + HOST + ":" + port + "/")
                        .setStorePath(directory.resolve(name))
                        .toDeploymentOptions()));
    }

    /** Sends commands with these numbers, again where a failure says so, until each has its answer. */
    private void settles(CommandSender sender, int from, int to) {
        int before = settled.get();
        List<Integer> numbers = new ArrayList<>();
        for (int number = from; number <= to; number++) {
            send(sender, command(number));
            numbers.add(number);
        }
        await().atMost(Duration.ofSeconds(60)).until(() -> settled.get() - before == numbers.size());
    }

    private static JsonObject command(int number) {
        return new JsonObject()
                .put("command", "action_vm '" + number + "' 'running'")
                .put("resource", new JsonObject().put("resource_uuid", "uuid-" + number));
    }

    private void send(CommandSender sender, JsonObject command) {
        tries.incrementAndGet();
        sender.send(command).onComplete((reply, failure) -> {
            if (reply != null) {
                acceptedIds.addAll(reply.getJsonArray("event_ids").getList());
                settled.incrementAndGet();
            } else if (((CallbackException) failure).code().retryable()) {
                send(sender, command);
            }
        });
    }
}
