package io.cloudland.callback.cli;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.core.status.Status;
import com.hazelcast.config.Config;
import com.hazelcast.config.XmlConfigBuilder;
import java.io.InputStream;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** What lies in the jar beside the classes. */
class ResourcesTest {

    private static URL resource(String name) {
        return Objects.requireNonNull(ResourcesTest.class.getResource(name), name);
    }

    @Test
    void the_cluster_file_in_the_jar_is_the_one_in_conf() throws Exception {
        assertThat(Files.readString(Path.of(resource("cluster.xml").toURI())))
                .isEqualTo(Files.readString(Path.of("conf", "cluster.xml")));
    }

    @Test
    void the_cluster_binds_to_loopback_alone_and_calls_nobody() throws Exception {
        try (InputStream in = getClass().getClassLoader().getResourceAsStream(ClusterDefaults.IN_THE_JAR)) {
            Config config = new XmlConfigBuilder(in).build();
            assertThat(config.getNetworkConfig().getInterfaces().isEnabled()).isTrue();
            assertThat(config.getNetworkConfig().getInterfaces().getInterfaces())
                    .containsExactly("127.0.0.1");
            assertThat(config.getNetworkConfig().getJoin().getMulticastConfig().isEnabled())
                    .isFalse();
            assertThat(config.getNetworkConfig().getJoin().isAutoDetectionEnabled())
                    .isFalse();
            assertThat(config.getProperty("hazelcast.phone.home.enabled")).isEqualTo("false");
            assertThat(config.getProperty("hazelcast.socket.bind.any")).isEqualTo("false");
            assertThat(config.getMultiMapConfigs()).containsKey("__vertx.subs");
            assertThat(config.getMapConfigs()).containsKeys("__vertx.haInfo", "__vertx.nodeInfo");
        }
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
