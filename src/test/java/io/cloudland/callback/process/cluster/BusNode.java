package io.cloudland.callback.process.cluster;

import com.hazelcast.config.Config;
import com.hazelcast.config.NetworkConfig;
import com.hazelcast.config.XmlConfigBuilder;
import io.cloudland.callback.CallbackOptions;
import io.cloudland.callback.CallbackVerticle;
import io.cloudland.callback.CommandSender;
import io.cloudland.callback.store.postgresql.TcpProxy;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.eventbus.EventBusOptions;
import io.vertx.spi.cluster.hazelcast.HazelcastClusterManager;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Properties;
import java.util.concurrent.TimeUnit;

/**
 * A host in the cluster, with a service, that others reach through proxies alone: where those fall silent the node is alone, with
 * its own service and the database.
 */
final class BusNode implements AutoCloseable {

    private static final String HOST = "127.0.0.1";
    private static final Duration ANSWER = Duration.ofSeconds(2);

    private final TcpProxy members;
    private final TcpProxy bus;
    private final int memberPort;
    private final int busPort;
    private Vertx vertx;

    /** @param network leads what comes in, and is no part of the cluster */
    BusNode(Vertx network) throws IOException {
        this.memberPort = freePort();
        this.busPort = freePort();
        this.members = new TcpProxy(network, memberPort);
        this.bus = new TcpProxy(network, busPort);
    }

    private static int freePort() throws IOException {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getByName(HOST))) {
            return free.getLocalPort();
        }
    }

    /** Where others find it, as the list of members has it. */
    String member() {
        return HOST + ":" + members.port();
    }

    /**
     * Joins.
     *
     * @param cluster its name
     * @param list all members, itself among them
     */
    void start(String cluster, String list) throws Exception {
        Config config = shipped(list).setClusterName(cluster);
        config.setProperty("hazelcast.heartbeat.interval.seconds", "1")
                .setProperty("hazelcast.max.no.heartbeat.seconds", "4")
                .setProperty("hazelcast.merge.first.run.delay.seconds", "3")
                .setProperty("hazelcast.merge.next.run.delay.seconds", "3");
        NetworkConfig network = config.getNetworkConfig();
        network.setPort(memberPort).setPortAutoIncrement(false).setPublicAddress(member());
        EventBusOptions options = new EventBusOptions()
                .setHost(HOST)
                .setPort(busPort)
                .setClusterPublicHost(HOST)
                .setClusterPublicPort(bus.port());
        vertx = Vertx.builder()
                .with(new VertxOptions().setEventBusOptions(options))
                .withClusterManager(new HazelcastClusterManager(config))
                .buildClustered()
                .await(60, TimeUnit.SECONDS);
    }

    private static Config shipped(String list) throws IOException {
        Properties variables = new Properties();
        variables.setProperty("cluster.host", HOST);
        variables.setProperty("cluster.members", list);
        XmlConfigBuilder builder = new XmlConfigBuilder(Files.newInputStream(Path.of("conf", "cluster-members.xml")));
        builder.setProperties(variables);
        return builder.build();
    }

    void deploy(CallbackVerticle service, CallbackOptions options) throws Exception {
        vertx.deployVerticle(service, options.toDeploymentOptions()).await(60, TimeUnit.SECONDS);
    }

    CommandSender sender() {
        return new CommandSender(vertx, CommandSender.DEFAULT_ADDRESS, ANSWER);
    }

    /** Nothing comes in any more, neither from members nor over the bus, and nobody is told. */
    void fallSilent() {
        members.fallSilent();
        bus.fallSilent();
    }

    void speak() {
        members.speak();
        bus.speak();
    }

    @Override
    public void close() throws Exception {
        if (vertx != null) {
            vertx.close().await(60, TimeUnit.SECONDS);
        }
        members.close();
        bus.close();
    }
}
