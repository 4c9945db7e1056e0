package io.cloudland.callback;

import com.hazelcast.config.Config;
import com.hazelcast.config.XmlConfigBuilder;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.eventbus.EventBusOptions;
import io.vertx.spi.cluster.hazelcast.HazelcastClusterManager;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/** Nodes of one cluster in this JVM, on loopback, with the Hazelcast configuration that is shipped. */
final class TestCluster implements AutoCloseable {

    private static final String HOST = "127.0.0.1";

    private final String name = "callback-test-" + UUID.randomUUID();
    private final List<Vertx> nodes = new ArrayList<>();

    Vertx node() throws Exception {
        return node(new EventBusOptions());
    }

    /** A node more, whose event bus has these options. */
    Vertx node(EventBusOptions bus) throws Exception {
        Vertx node = get(Vertx.builder()
                .with(new VertxOptions().setEventBusOptions(bus.setHost(HOST)))
                .withClusterManager(new HazelcastClusterManager(shipped()))
                .buildClustered());
        nodes.add(node);
        return node;
    }

    private Config shipped() throws Exception {
        Properties variables = new Properties();
        variables.setProperty("cluster.host", HOST);
        variables.setProperty("cluster.members", HOST);
        try (InputStream in = Files.newInputStream(Path.of("conf", "cluster-members.xml"))) {
            XmlConfigBuilder builder = new XmlConfigBuilder(in);
            builder.setProperties(variables);
            Config config = builder.build().setClusterName(name);
            config.getNetworkConfig().setPort(5731).setPortCount(50);
            return config;
        }
    }

    static <T> T get(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(60, TimeUnit.SECONDS);
    }

    /** The node leaves as a polite process does. */
    void leave(Vertx node) throws Exception {
        nodes.remove(node);
        get(node.close());
    }

    @Override
    public void close() throws Exception {
        for (Vertx node : List.copyOf(nodes)) {
            leave(node);
        }
    }
}
