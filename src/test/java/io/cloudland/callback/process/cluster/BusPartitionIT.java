package io.cloudland.callback.process.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cloudland.callback.CallbackOptions;
import io.cloudland.callback.CallbackVerticle;
import io.cloudland.callback.CommandSender;
import io.cloudland.callback.error.CallbackException;
import io.cloudland.callback.receiver.Receiver;
import io.cloudland.callback.receiver.ReceiverOptions;
import io.cloudland.callback.store.postgresql.StorePostgres;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/** Two hosts of one cluster, each with a service on the shared store, between which the network goes silent and comes back. */
@EnabledIf(StorePostgres.CLIENT_FITS_VERTX)
class BusPartitionIT {

    private static final String SCHEMA = "bus_partition_test";
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final long AGAIN_AFTER_MILLIS = 100;
    private static final int EACH = 300;
    private static final int RESOURCES = 50;

    @TempDir
    private Path directory;

    private final Vertx network = Vertx.vertx();
    private final ClusterAccount account = new ClusterAccount();
    private final CallbackVerticle serviceOfOne = new CallbackVerticle();
    private final CallbackVerticle serviceOfTwo = new CallbackVerticle();
    private final Random random = new Random(11);
    private final AtomicInteger settled = new AtomicInteger();
    private final AtomicInteger sentAgain = new AtomicInteger();
    private int asked;
    private StorePostgres postgres;
    private Receiver receiver;
    private BusNode one;
    private BusNode two;

    @BeforeEach
    void start() throws Exception {
        postgres = new StorePostgres(directory.resolve("postgres"));
        receiver =
                Receiver.start(network, ReceiverOptions.onFreePort(), account).await();
        one = new BusNode(network);
        two = new BusNode(network);
        String cluster = "callback-test-" + UUID.randomUUID();
        String members = one.member() + "," + two.member();
        one.start(cluster, members);
        two.start(cluster, members);
        one.deploy(serviceOfOne, options("one"));
        two.deploy(serviceOfTwo, options("two"));
    }

    private CallbackOptions options(String node) {
        JsonObject store = new JsonObject()
                .put("type", "postgresql")
                .put("uri", "postgresql://postgres@127.0.0.1:" + postgres.port() + "/postgres")
                .put("schema", SCHEMA)
                .put("node", node)
                .put("lease", 4)
                .put("poll_interval", 1);
        return new CallbackOptions().setUrl(receiver.url()).set("store", store);
    }

    @AfterEach
    void stop() throws Exception {
        one.close();
        two.close();
        receiver.close().await();
        network.close().await();
        postgres.close();
    }

    @Test
    void nodes_that_cannot_reach_each_other_work_on_alone_and_find_each_other_again() throws Exception {
        settles(EACH, one, two);
        assertThat(accepted(serviceOfOne)).isPositive();
        assertThat(accepted(serviceOfTwo)).isPositive();

        one.fallSilent();
        two.fallSilent();
        settles(EACH, one, two);
        assertThat(sentAgain.get())
                .as("commands for the node that was out of reach")
                .isPositive();

        one.speak();
        two.speak();
        awaitThatOneReachesTwo();
        settles(EACH, one, two);

        await().atMost(PATIENCE).until(() -> new SlotTable(postgres.port(), SCHEMA).pending() == 0);
        ClusterAccount.Figures figures = account.figures();
        System.out.println("bus partition: " + figures + ", sent again " + sentAgain.get());
        assertThat(figures.acknowledged()).as("one event of each command").isEqualTo(asked);
        assertThat(figures.lost()).as("lost").isZero();
        assertThat(figures.outOfOrder()).as("out of order").isZero();
        assertThat(figures.lateDuplicates()).as("late repetitions").isZero();
        assertThat(figures.gaps()).as("gaps").isZero();
        assertThat(figures.chainBreaks()).as("chain breaks").isZero();
    }

    /** Commands sent on one node reach the service of the other. */
    private void awaitThatOneReachesTwo() {
        long before = accepted(serviceOfTwo);
        await().atMost(PATIENCE).until(() -> {
            settles(2, one);
            return accepted(serviceOfTwo) > before;
        });
    }

    private static long accepted(CallbackVerticle service) {
        return service.service().stats().commandsAccepted();
    }

    /** So many commands are sent on each of the nodes, again with the same id where that is the answer, until all are accepted. */
    private void settles(int count, BusNode... nodes) {
        for (BusNode node : nodes) {
            CommandSender sender = node.sender();
            for (int i = 0; i < count; i++) {
                asked++;
                send(sender, command());
            }
        }
        await().atMost(PATIENCE).until(() -> settled.get() == asked);
    }

    private void send(CommandSender sender, JsonObject command) {
        account.sent();
        sender.send(command).onComplete((reply, failure) -> {
            if (reply != null) {
                account.acknowledged(reply.getJsonArray("event_ids"));
                settled.incrementAndGet();
            } else if (((CallbackException) failure).code().retryable()) {
                account.failed(failure);
                sentAgain.incrementAndGet();
                network.setTimer(AGAIN_AFTER_MILLIS, again -> send(sender, command));
            }
        });
    }

    private JsonObject command() {
        return ClusterLoad.command(1 + random.nextInt(RESOURCES), "running-" + asked);
    }
}
