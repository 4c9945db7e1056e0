package io.cloudland.callback;

import static io.cloudland.callback.TestCluster.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cloudland.callback.error.CallbackException;
import io.cloudland.callback.error.ErrorCode;
import io.cloudland.callback.http.TestAuthority;
import io.netty.pkitesting.X509Bundle;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.eventbus.EventBusOptions;
import io.vertx.core.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The event bus of a cluster with the TLS that {@code conf/cluster-tls.json} sets up. */
class ClusterTlsTest {

    private static final Duration SHORT = Duration.ofSeconds(2);

    private final TestCluster cluster = new TestCluster();
    private final TestAuthority authority = new TestAuthority("The Cluster's Own");
    private final CallbackVerticle service = new CallbackVerticle();
    private final List<Object> spied = new CopyOnWriteArrayList<>();

    @TempDir
    Path directory;

    private Vertx node;

    @BeforeEach
    void startService() throws Exception {
        node = cluster.node(shipped(authority, "node"));
        get(node.deployVerticle(
                service,
                new CallbackOptions()
                        .setUrl("http://127.0.0.1:1/")
                        .setMemoryStore()
                        .set("shutdown_timeout", 1)
                        .toDeploymentOptions()));
    }

    @AfterEach
    void close() throws Exception {
        cluster.close();
    }

    /** The example as it is shipped, with its paths leading to this test's files. */
    private EventBusOptions shipped(TestAuthority issuer, String name) throws Exception {
        X509Bundle certificate = issuer.issue("127.0.0.1");
        Path key = Files.writeString(directory.resolve(name + ".key"), certificate.getPrivateKeyPEM());
        Path shown = Files.writeString(directory.resolve(name + ".crt"), certificate.getCertificatePathPEM());
        Path trusted = authority.trustFile(directory, ".pem");
        String example = Files.readString(Path.of("conf", "cluster-tls.json"))
                .replace("conf/tls/node.key", key.toString())
                .replace("conf/tls/node.crt", shown.toString())
                .replace("conf/tls/cluster-ca.crt", trusted.toString());
        return new VertxOptions(new JsonObject(example)).getEventBusOptions();
    }

    private static Future<JsonObject> send(Vertx from) {
        return new CommandSender(from, CommandSender.DEFAULT_ADDRESS, SHORT)
                .send(new JsonObject()
                        .put("command", "action_vm '7' 'running'")
                        .put("resource", new JsonObject().put("resource_uuid", "uuid-7")));
    }

    private static void isNotAnswered(Future<JsonObject> answer) {
        await().until(answer::isComplete);
        assertThat(answer.cause()).isInstanceOf(CallbackException.class);
        assertThat(((CallbackException) answer.cause()).code()).isEqualTo(ErrorCode.UNANSWERED);
    }

    @Test
    void a_node_with_a_certificate_of_the_cluster_s_authority_sends_commands() throws Exception {
        Vertx host = cluster.node(shipped(authority, "host"));
        assertThat(get(send(host)).getString("status")).isEqualTo("accepted");
    }

    @Test
    void a_node_with_another_authority_s_certificate_gets_nothing_in_and_nothing_out() throws Exception {
        getsNothing(cluster.node(shipped(new TestAuthority("Somebody Else"), "stranger")));
    }

    @Test
    void a_node_without_a_certificate_gets_nothing_in_and_nothing_out() throws Exception {
        EventBusOptions bare = shipped(authority, "bare");
        bare.setKeyCertOptions(null).setSsl(false);
        getsNothing(cluster.node(bare));
    }

    /** It is a member of Hazelcast's cluster, and so knows every address and is known with its own. */
    private void getsNothing(Vertx stranger) throws Exception {
        get(stranger.eventBus()
                .consumer("secrets", message -> spied.add(message.body()))
                .completion());
        isNotAnswered(send(stranger));
        Future<Object> leaked = node.eventBus()
                .request("secrets", "a secret", new io.vertx.core.eventbus.DeliveryOptions().setSendTimeout(2_000))
                .map(message -> message.body());
        await().until(leaked::isComplete);
        assertThat(leaked.failed()).isTrue();
        assertThat(spied).isEmpty();
        assertThat(service.service().stats().commandsAccepted()).isZero();
        assertThat(get(send(cluster.node(shipped(authority, "host")))).getString("status"))
                .isEqualTo("accepted");
    }
}
