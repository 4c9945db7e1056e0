package io.cloudland.callback;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cloudland.callback.model.EndpointStatus;
import io.cloudland.callback.model.EndpointStatus.State;
import io.cloudland.callback.receiver.Receiver;
import io.cloudland.callback.receiver.ReceiverOptions;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole service with a receiver that is asked first whether it wants events. */
class HandshakeServiceTest {

    private static final Duration LONG = Duration.ofSeconds(30);

    @TempDir
    Path directory;

    private final Vertx vertx = Vertx.vertx();
    private final CallbackVerticle callback = new CallbackVerticle();
    private Receiver receiver;

    @BeforeEach
    void startReceiver() throws Exception {
        receiver = Receiver.start(vertx, ReceiverOptions.onFreePort().withAllowedRate(Optional.empty()))
                .await(10, SECONDS);
    }

    @AfterEach
    void close() throws Exception {
        vertx.close().await(30, SECONDS);
    }

    private String configuration(String more) {
        return "[callback]\nworkers = 4\nshutdown_timeout = 1\nprobe_interval = 1\nprobe_interval_max = 1\nhandshake = true\n"
                + "retry_max = 0\n[callback.store]\ntype = 'rocksdb'\npath = '" + directory.resolve("store") + "'\n"
                + "[[callback.endpoints]]\nname = 'shy'\nurl = '" + receiver.url() + "'\n" + more;
    }

    private String deploy(CallbackVerticle service) throws Exception {
        Path file = Files.writeString(directory.resolve("config.toml"), configuration(""));
        JsonObject config = new JsonObject().put("config-path", file.toString());
        return vertx.deployVerticle(service, new DeploymentOptions().setConfig(config))
                .await(30, SECONDS);
    }

    private void submit(int events) throws Exception {
        for (int i = 0; i < events; i++) {
            JsonObject command = new JsonObject()
                    .put("command", "action_vm.sh '" + (1 + i % 10) + "' 'running'")
                    .put("resource", new JsonObject().put("resource_uuid", "uuid-" + i % 10));
            callback.service().submit(command).await(30, SECONDS);
        }
    }

    private EndpointStatus status() {
        return callback.service().endpoints().get(0);
    }

    private void awaitState(State state) {
        await().atMost(LONG).untilAsserted(() -> assertThat(status().state()).isEqualTo(state));
    }

    private void assertWhole(int events) {
        await().atMost(LONG)
                .untilAsserted(() -> assertThat(receiver.report().unique()).isEqualTo(events));
        assertThat(receiver.report().outOfOrder()).isZero();
        assertThat(receiver.report().missing()).isZero();
        assertThat(receiver.report().duplicate()).isZero();
    }

    @Test
    void nothing_is_sent_before_it_agrees_and_everything_in_order_afterwards() throws Exception {
        deploy(callback);
        submit(40);
        await().atMost(LONG)
                .untilAsserted(() -> assertThat(receiver.handshakes()).isGreaterThanOrEqualTo(3));
        assertThat(receiver.report().received()).isZero();
        assertThat(status().state()).isEqualTo(State.UNCONFIRMED);
        assertThat(status().why()).isEqualTo("has not agreed to be sent events: HTTP 403");
        assertThat(callback.service().stats().store().dead()).isZero();

        receiver.allowRate(Optional.of("*"));
        assertWhole(40);
        awaitState(State.ACTIVE);
    }

    @Test
    void a_restart_and_a_changed_endpoint_ask_anew_and_lose_nothing() throws Exception {
        receiver.allowRate(Optional.of("*"));
        String deployed = deploy(callback);
        awaitState(State.ACTIVE);
        assertThat(receiver.handshakes()).isEqualTo(1);
        receiver.allowRate(Optional.empty());

        Path fresh = Files.writeString(directory.resolve("fresh"), configuration("timeout = 7\n"));
        Files.move(
                fresh,
                directory.resolve("config.toml"),
                StandardCopyOption.REPLACE_EXISTING,
                StandardCopyOption.ATOMIC_MOVE);
        awaitState(State.UNCONFIRMED);
        submit(20);
        assertThat(receiver.report().received()).isZero();
        vertx.undeploy(deployed).await(30, SECONDS);

        long before = receiver.handshakes();
        receiver.allowRate(Optional.of("*"));
        deploy(new CallbackVerticle());
        assertWhole(20);
        assertThat(receiver.handshakes()).isEqualTo(before + 1);
    }
}
