package io.cloudland.callback.cli;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.core.status.Status;
import com.hazelcast.config.Config;
import com.hazelcast.config.XmlConfigBuilder;
import io.vertx.core.VertxOptions;
import io.vertx.core.eventbus.EventBusOptions;
import io.vertx.core.json.JsonObject;
import java.io.InputStream;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What lies in the jar beside the classes. */
class ResourcesTest {

    private static URL resource(String name) {
        return Objects.requireNonNull(ResourcesTest.class.getResource(name), name);
    }

    @ParameterizedTest
    @ValueSource(strings = {"cluster.xml", "cluster-members.xml"})
    void the_cluster_files_in_the_jar_are_those_in_conf(String name) throws Exception {
        assertThat(Files.readString(Path.of(resource(name).toURI())))
                .isEqualTo(Files.readString(Path.of("conf", name)));
    }

    private static Config cluster(String name) throws Exception {
        try (InputStream in =
                ResourcesTest.class.getClassLoader().getResourceAsStream(ClusterDefaults.IN_THE_JAR + name)) {
            return new XmlConfigBuilder(in).build();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"cluster.xml", "cluster-members.xml"})
    void no_cluster_binds_everywhere_announces_itself_or_calls_anybody(String name) throws Exception {
        Config config = cluster(name);
        assertThat(config.getNetworkConfig().getInterfaces().isEnabled()).isTrue();
        assertThat(config.getNetworkConfig().getJoin().getMulticastConfig().isEnabled())
                .isFalse();
        assertThat(config.getNetworkConfig().getJoin().isAutoDetectionEnabled()).isFalse();
        assertThat(config.getProperty("hazelcast.phone.home.enabled")).isEqualTo("false");
        assertThat(config.getProperty("hazelcast.socket.bind.any")).isEqualTo("false");
        assertThat(config.getMultiMapConfigs()).containsKey("__vertx.subs");
        assertThat(config.getMapConfigs()).containsKeys("__vertx.haInfo", "__vertx.nodeInfo");
    }

    @Test
    void the_cluster_binds_to_loopback_alone_unless_told_otherwise() throws Exception {
        assertThat(cluster("cluster.xml").getNetworkConfig().getInterfaces().getInterfaces())
                .containsExactly("127.0.0.1");
    }

    @Test
    void the_example_of_tls_between_nodes_is_one_that_is_taken() throws Exception {
        JsonObject example = new JsonObject(Files.readString(Path.of("conf", "cluster-tls.json")));
        EventBusOptions bus = new VertxOptions(example).getEventBusOptions();
        assertThat(bus.isSsl()).isTrue();
        assertThat(BusTls.problem(bus)).isEmpty();
    }

    @Test
    void the_logging_configuration_is_sound_and_no_host_finds_it_by_accident() throws Exception {
        LoggerContext context = new LoggerContext();
        JoranConfigurator configurator = new JoranConfigurator();
        configurator.setContext(context);
        configurator.doConfigure(resource("logback-callback.xml"));
        assertThat(context.getStatusManager().getCopyOfStatusList())
                .noneMatch(status -> status.getEffectiveLevel() > Status.INFO);
        context.stop();
        assertThat(Files.exists(Path.of("src", "main", "resources", "logback.xml")))
                .isFalse();
    }

    @Test
    void there_are_six_samples() {
        assertThat(SampleEvents.all()).hasSize(6);
    }
}
