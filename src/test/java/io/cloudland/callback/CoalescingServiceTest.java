package io.cloudland.callback;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import io.cloudland.callback.model.EndpointStatus.State;
import io.cloudland.callback.observe.LogOf;
import io.cloudland.callback.receiver.Receiver;
import io.cloudland.callback.receiver.ReceiverOptions;
import io.cloudland.callback.receiver.Report;
import io.cloudland.callback.store.StoreStats;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The whole service with {@code coalesce}: while a receiver is slow or away, through a restart, and switched on and off. */
class CoalescingServiceTest {

    private static final int RESOURCES = 3;

    @TempDir
    Path directory;

    private final Vertx vertx = Vertx.vertx();
    private Receiver receiver;
    private CallbackVerticle service = new CallbackVerticle();
    private String deployment = "";
    private int sent;

    @BeforeEach
    void startReceiver() throws Exception {
        receiver = Receiver.start(vertx, ReceiverOptions.onFreePort()).await(10, SECONDS);
    }

    @AfterEach
    void close() throws Exception {
        vertx.close().await(30, SECONDS);
    }

    private void configure(String store, boolean coalesce) throws Exception {
        Path fresh = Files.writeString(
                directory.resolve("config.new"),
                "[callback]\nworkers = 2\nretry_interval = 1\nretry_max = 1000\nshutdown_timeout = 20\n"
                        + "park_after_failures = 4\nprobe_interval = 1\nprobe_interval_max = 1\n"
                        + "[callback.admin]\nsocket = 'off'\n[callback.store]\ntype = '" + store + "'\n"
                        + (store.equals("memory") ? "" : "path = '" + directory.resolve("store") + "'\n")
                        + "[[callback.endpoints]]\nname = 'dashboard'\nurl = '" + receiver.url() + "'\ncoalesce = "
                        + coalesce + "\n");
        Files.move(
                fresh,
                directory.resolve("config.toml"),
                StandardCopyOption.REPLACE_EXISTING,
                StandardCopyOption.ATOMIC_MOVE);
    }

    /** Completes when the running service has taken it over. */
    private void changeTo(String store, boolean coalesce) throws Exception {
        try (LogOf log = LogOf.named("callback")) {
            configure(store, coalesce);
            soon().until(() ->
                    log.messages(Level.INFO).stream().anyMatch(line -> line.startsWith("Delivers to [dashboard]")));
        }
    }

    private void start() throws Exception {
        service = new CallbackVerticle();
        JsonObject config = new JsonObject()
                .put("config-path", directory.resolve("config.toml").toString());
        deployment = vertx.deployVerticle(service, new DeploymentOptions().setConfig(config))
                .await(30, SECONDS);
    }

    private void send(int count) throws Exception {
        List<Future<JsonObject>> replies = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int id = 1 + sent % RESOURCES;
            replies.add(service.service()
                    .submit(new JsonObject()
                            .put("command", "action_vm '" + id + "' 'status-" + sent++ + "'")
                            .put("resource", new JsonObject().put("resource_uuid", "uuid-" + id))));
        }
        Future.all(replies).await(30, SECONDS);
    }

    private static ConditionFactory soon() {
        return await().atMost(Duration.ofSeconds(60));
    }

    private StoreStats stats() {
        return service.service().stats().store();
    }

    private void awaitParked() {
        soon().until(() -> service.service().endpoints().get(0).state() == State.PARKED);
    }

    /** Every event reached the receiver, or another one that did stands for it; nothing came twice, late or without trace. */
    private Report assertWhole() {
        soon().until(() -> stats().pending() == 0);
        Report report = receiver.report();
        assertThat(report.unique() + report.coalesced()).isEqualTo(sent);
        assertThat(List.of(report.missing(), report.outOfOrder(), report.duplicate(), report.chainBreaks()))
                .containsOnly(0L);
        StoreStats stats = stats();
        assertThat(stats.dead()).isZero();
        assertThat(stats.deliveries()).isEqualTo(stats.delivered() + stats.coalesced());
        return report;
    }

    @ParameterizedTest
    @ValueSource(strings = {"memory", "rocksdb"})
    void a_slow_receiver_gets_the_newest_of_what_came_meanwhile_and_is_told_of_the_rest(String store) throws Exception {
        receiver.setFaults("delay=300ms");
        configure(store, true);
        start();
        for (int round = 0; round < 5; round++) {
            send(60);
        }

        Report report = assertWhole();

        assertThat(report.unique()).isEqualTo(stats().delivered()).isLessThan(sent / 2);
        assertThat(report.coalesced()).isEqualTo(stats().coalesced());
        assertThat(service.service().stats().toJson().getLong("coalesced")).isEqualTo(report.coalesced());
    }

    @Test
    void the_backlog_of_a_receiver_that_is_away_shrinks_and_what_is_left_comes_when_it_is_back() throws Exception {
        receiver.setFaults("status=503");
        configure("rocksdb", true);
        start();
        send(30);
        awaitParked();
        send(600);

        soon().until(() -> stats().pending() < 100);
        assertThat(service.service().endpoints().get(0).state()).isEqualTo(State.PARKED);
        receiver.setFaults("");

        Report report = assertWhole();
        assertThat(report.coalesced()).isEqualTo(stats().coalesced()).isGreaterThan(500);
    }

    @Test
    void a_restart_amid_it_sends_none_that_was_merged_away_and_keeps_what_the_others_stand_for() throws Exception {
        receiver.setFaults("reset");
        configure("rocksdb", true);
        start();
        send(30);
        awaitParked();
        send(300);
        soon().until(() -> stats().coalesced() > 200);
        vertx.undeploy(deployment).await(60, SECONDS);

        receiver.setFaults("");
        start();

        Report report = assertWhole();
        assertThat(report.coalesced()).isGreaterThan(200);
        assertThat(report.unique()).isEqualTo(stats().delivered());
        assertThat(stats().deliveries()).as("those that were left").isLessThan(130);
    }

    @ParameterizedTest
    @ValueSource(strings = {"memory", "rocksdb"})
    void it_is_switched_on_and_off_for_what_waits_without_a_restart(String store) throws Exception {
        receiver.setFaults("status=503");
        configure(store, false);
        start();
        send(60);
        awaitParked();
        assertThat(stats().pending()).isEqualTo(60);

        changeTo(store, true);
        soon().until(() -> stats().coalesced() >= 3 * 14);

        changeTo(store, false);
        long merged = stats().coalesced();
        send(90);
        awaitParked();
        receiver.setFaults("");

        Report report = assertWhole();
        assertThat(report.coalesced()).isEqualTo(merged);
        assertThat(report.unique()).isEqualTo(sent - merged);
    }
}
