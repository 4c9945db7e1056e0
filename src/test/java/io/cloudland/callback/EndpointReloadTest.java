package io.cloudland.callback;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cloudland.callback.receiver.Receiver;
import io.cloudland.callback.receiver.ReceiverOptions;
import io.cloudland.callback.receiver.Report;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.junit5.VertxExtension;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Endpoints and workers change under the running service: nothing is lost, nothing comes twice, nothing out of order. */
@ExtendWith(VertxExtension.class)
class EndpointReloadTest {

    private static final int RESOURCES = 10;
    /** The service itself, its registry and its ingest. */
    private static final int OTHER_VERTICLES = 3;

    @TempDir
    Path directory;

    private Vertx vertx;
    private CallbackVerticle verticle;
    private String deployment;
    private Path file;
    private int sent;

    @BeforeEach
    void keep(Vertx started) {
        vertx = started;
        file = directory.resolve("config.toml");
    }

    private Receiver receiver(String faults) throws Exception {
        return Receiver.start(vertx, ReceiverOptions.onFreePort().withFaults(faults))
                .await(10, SECONDS);
    }

    private static String endpoint(String name, Receiver receiver, String more) {
        return "[[callback.endpoints]]\nname = '" + name + "'\nurl = '" + receiver.url() + "'\n" + more + "\n";
    }

    private void configure(String store, int workers, String... endpoints) throws Exception {
        Path fresh = directory.resolve("config.new");
        Files.writeString(
                fresh,
                "[callback]\nworkers = " + workers
                        + "\nretry_interval = 1\nretry_max = 1000\nshutdown_timeout = 300\n[callback.admin]\nsocket ="
                        + " 'off'\n[callback.store]\ntype = '" + store + "'\n"
                        + (store.equals("memory") ? "" : "path = '" + directory.resolve("store") + "'\n")
                        + String.join("", endpoints));
        Files.move(fresh, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }

    private void start() throws Exception {
        verticle = new CallbackVerticle();
        JsonObject config = new JsonObject().put("config-path", file.toString());
        deployment = vertx.deployVerticle(verticle, new DeploymentOptions().setConfig(config))
                .await(30, SECONDS);
    }

    private void send(int count) throws Exception {
        for (int i = 0; i < count; i++) {
            int id = 1 + sent % RESOURCES;
            JsonObject command = new JsonObject()
                    .put("command", "action_vm '" + id + "' 'status-" + sent++ + "'")
                    .put("resource", new JsonObject().put("resource_uuid", "uuid-" + id));
            verticle.service().submit(command).await(10, SECONDS);
        }
    }

    private static ConditionFactory soon() {
        return await().atMost(Duration.ofSeconds(30));
    }

    private static void assertExact(Report report, long events) {
        assertThat(report.unique()).isEqualTo(events);
        assertThat(report.duplicate()).isZero();
        assertThat(report.outOfOrder()).isZero();
        assertThat(report.chainBreaks()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"memory", "rocksdb"})
    void what_waits_for_an_endpoint_goes_to_its_new_url_in_order(String store) throws Exception {
        Receiver away = receiver("status=503");
        Receiver back = receiver("");
        configure(store, 2, endpoint("billing", away, ""));
        start();
        send(40);
        soon().until(() -> away.report().rejected() >= RESOURCES);

        configure(store, 2, endpoint("billing", back, ""));

        soon().until(() -> back.report().unique() == 40);
        send(10);
        soon().until(() -> back.report().unique() == 50);
        assertExact(back.report(), 50);
        assertThat(back.report().missing()).isZero();
        assertThat(verticle.service().stats().store().pending()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"memory", "rocksdb"})
    void another_number_of_workers_under_load_loses_and_reorders_nothing(String store) throws Exception {
        Receiver receiver = receiver("delay=20ms");
        configure(store, 1, endpoint("billing", receiver, "max_in_flight = 4"));
        start();
        for (int workers : new int[] {4, 3, 1}) {
            send(100);
            configure(store, workers, endpoint("billing", receiver, "max_in_flight = 4"));
            send(100);
            soon().until(() -> receiver.report().unique() == sent);
            soon().until(() -> vertx.deploymentIDs().size() == OTHER_VERTICLES + workers);
        }
        assertExact(receiver.report(), 600);
        assertThat(receiver.report().missing()).isZero();
        vertx.undeploy(deployment).await(30, SECONDS);
        assertThat(vertx.deploymentIDs())
                .as("workers that outlive their service")
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"memory", "rocksdb"})
    void an_endpoint_that_is_added_gets_what_comes_then_and_one_that_is_taken_away_waits_with_the_rest(String store)
            throws Exception {
        Receiver billing = receiver("");
        Receiver audit = receiver("");
        configure(store, 2, endpoint("billing", billing, ""));
        start();
        send(20);
        configure(store, 2, endpoint("billing", billing, ""), endpoint("audit", audit, ""));
        soon().until(() -> {
            send(1);
            return audit.report().unique() > 0;
        });
        soon().until(() -> billing.report().unique() == sent);
        long heard = audit.report().unique();

        audit.setFaults("status=503");
        send(10);
        soon().until(() -> audit.report().rejected() > 0);
        configure(store, 2, endpoint("billing", billing, ""));
        soon().until(() -> {
            long before = verticle.service().stats().store().pending();
            send(1);
            soon().until(() -> billing.report().unique() == sent);
            return verticle.service().stats().store().pending() == before;
        });
        long waiting = verticle.service().stats().store().pending();
        assertThat(waiting).isGreaterThanOrEqualTo(10);

        audit.setFaults("");
        configure(store, 2, endpoint("billing", billing, ""), endpoint("audit", audit, ""));
        soon().until(() -> audit.report().unique() == heard + waiting);
        assertExact(billing.report(), sent);
        assertExact(audit.report(), heard + waiting);
    }
}
