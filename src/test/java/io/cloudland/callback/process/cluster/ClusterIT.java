package io.cloudland.callback.process.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cloudland.callback.receiver.Receiver;
import io.cloudland.callback.receiver.ReceiverOptions;
import io.cloudland.callback.store.postgresql.StorePostgres;
import io.cloudland.callback.store.postgresql.TcpProxy;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/**
 * Nodes in JVMs of their own, a real PostgreSQL, and all that can happen to either, under load. {@code ./run.sh cluster-test} runs
 * it and shows its figures.
 */
@EnabledIf(StorePostgres.CLIENT_FITS_VERTX)
class ClusterIT {

    private static final Duration LEASE = Duration.ofSeconds(4);
    private static final Duration TAKEOVER_LIMIT = LEASE.multipliedBy(2);
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final int SLOTS = 256;
    private static final String SCHEMA = "cluster_test";

    @TempDir
    private Path directory;

    private final Vertx vertx = Vertx.vertx();
    private final Context context = vertx.getOrCreateContext();
    private final ClusterAccount account = new ClusterAccount();
    private final ClusterLoad load = new ClusterLoad(vertx, account);
    private final List<ClusterNode> nodes = new ArrayList<>();
    private StorePostgres postgres;
    private SlotTable slots;
    private TcpProxy network;
    private Receiver receiver;
    private ClusterNode.Settings settings;
    private List<String> onTheWireOfTheFrozen = List.of();

    @BeforeEach
    void start() throws Exception {
        postgres = new StorePostgres(directory.resolve("postgres"));
        slots = new SlotTable(postgres.port(), SCHEMA);
        network = new TcpProxy(vertx, postgres.port());
        receiver = Receiver.start(vertx, ReceiverOptions.onFreePort().withFaults("delay=20ms"), account)
                .await();
        settings = new ClusterNode.Settings(receiver.url(), SCHEMA, LEASE, directory, context);
    }

    @AfterEach
    void stop() throws Exception {
        nodes.forEach(ClusterNode::close);
        receiver.close().await();
        network.close();
        vertx.close().await();
        postgres.close();
    }

    @Test
    void nothing_is_lost_or_out_of_order_while_nodes_die_freeze_leave_and_join_and_the_database_goes_and_comes_back()
            throws Exception {
        ClusterNode one = join("one", postgres.port());
        ClusterNode two = join("two", postgres.port());
        ClusterNode three = join("three", network.port());
        awaitEvenSpread(one, two, three);
        flows();

        killOne(two, one, three);
        ClusterNode four = join("four", postgres.port());
        awaitEvenSpread(one, three, four);
        noneCameLate("a node was killed and one came");
        freeze(four, one, three);
        awaitEvenSpread(one, three, four);
        noneCameLate("the frozen one was back");
        stopPolitely(one, three, four);
        noneCameLate("a node was stopped");
        restartDatabase();
        awaitEvenSpread(three, four);
        noneCameLate("the database was restarted");
        partition(three, four);
        awaitEvenSpread(three, four);

        settle(three, four);
    }

    private void noneCameLate(String when) {
        assertThat(account.late())
                .as("repetitions after newer events, but for those on the wire of the frozen node, by when " + when)
                .isEqualTo(onTheWireOfTheFrozen);
    }

    private ClusterNode join(String name, int databasePort) throws Exception {
        ClusterNode node = ClusterNode.start(name, databasePort, settings);
        nodes.add(node);
        node.awaitUp();
        onContext(() -> load.begin(name, node.service()));
        return node;
    }

    private void onContext(Runnable step) {
        context.runOnContext(turn -> step.run());
    }

    private void leaves(ClusterNode node) {
        onContext(() -> load.end(node.name()));
        nodes.remove(node);
    }

    private static Set<String> names(ClusterNode... expected) {
        return Set.copyOf(List.of(expected).stream().map(ClusterNode::name).toList());
    }

    private void awaitEvenSpread(ClusterNode... expected) {
        await().atMost(PATIENCE).untilAsserted(() -> {
            Map<String, Integer> owned = slots.owned();
            int least = SLOTS / expected.length;
            assertThat(owned.keySet()).isEqualTo(names(expected));
            assertThat(owned.values()).allMatch(count -> count == least || count == least + 1);
        });
        told("spread " + slots.owned());
    }

    /** Waits until something that was sent after now has been taken. */
    private void flows() {
        long before = account.figures().taken();
        await().atMost(PATIENCE).until(() -> account.figures().taken() > before + 200);
    }

    private void killOne(ClusterNode victim, ClusterNode... others) {
        long start = System.nanoTime();
        victim.kill();
        leaves(victim);
        awaitTakenOver(others);
        took("killed with -9, its slots taken over", start, TAKEOVER_LIMIT);
        flows();
        for (ClusterNode other : others) {
            await().atMost(PATIENCE).until(() -> other.log().contains("nodes [" + victim.name() + "] are gone"));
        }
    }

    private void awaitTakenOver(ClusterNode... others) {
        await().pollInterval(Duration.ofMillis(50)).atMost(PATIENCE).untilAsserted(() -> {
            Map<String, Integer> owned = slots.owned();
            assertThat(owned.keySet()).isEqualTo(names(others));
            assertThat(owned.values().stream().mapToInt(count -> count).sum()).isEqualTo(SLOTS);
        });
    }

    private void freeze(ClusterNode victim, ClusterNode... others) throws Exception {
        long start = System.nanoTime();
        victim.freeze();
        awaitTakenOver(others);
        took("frozen, its slots taken over", start, TAKEOVER_LIMIT);
        flows();
        victim.wake();
        await().atMost(PATIENCE).until(() -> victim.log().contains("did not renew its lease"));
        flows();
        onTheWireOfTheFrozen = account.late();
        told("woken: events that it had on the wire and that came after newer ones: " + onTheWireOfTheFrozen);
    }

    private void stopPolitely(ClusterNode leaver, ClusterNode... others) {
        onContext(() -> load.end(leaver.name()));
        long start = System.nanoTime();
        leaver.close();
        nodes.remove(leaver);
        awaitTakenOver(others);
        took("stopped politely, its slots taken over", start, PATIENCE);
        flows();
    }

    private void restartDatabase() throws IOException {
        postgres.stop();
        long failed = failures();
        await().atMost(PATIENCE).until(() -> failures() > failed + 20);
        postgres.start();
        flows();
        told("database restarted: " + (failures() - failed) + " commands refused meanwhile");
    }

    private long failures() {
        return account.figures().failures().values().stream()
                .mapToLong(count -> count)
                .sum();
    }

    private void partition(ClusterNode cutOff, ClusterNode other) throws Exception {
        long start = System.nanoTime();
        network.fallSilent();
        awaitTakenOver(other);
        took("cut off from the database, its slots taken over", start, TAKEOVER_LIMIT);
        flows();
        network.speak();
        await().atMost(PATIENCE).until(() -> cutOff.log().contains("did not renew its lease"));
    }

    private void settle(ClusterNode... left) {
        List.of(left).forEach(node -> onContext(() -> load.end(node.name())));
        await().atMost(PATIENCE).until(() -> slots.pending() == 0);
        ClusterAccount.Figures figures = account.figures();
        told(figures.toString());
        assertThat(figures.lost()).as("lost").isZero();
        assertThat(slots.dead()).as("dead").isZero();
        assertThat(figures.outOfOrder()).as("out of order").isZero();
        noneCameLate("a node was cut off");
        assertThat(figures.gaps()).as("gaps").isZero();
        assertThat(figures.chainBreaks()).as("breaks in the chain of states").isZero();
        assertThat(figures.acknowledged()).as("acknowledged").isGreaterThan(1000);
    }

    private static void took(String what, long startNanos, Duration limit) {
        Duration took = Duration.ofNanos(System.nanoTime() - startNanos);
        told(what + " after " + took.toMillis() + " ms (lease " + LEASE.toMillis() + " ms)");
        assertThat(took).as(what).isLessThanOrEqualTo(limit);
    }

    private static void told(String line) {
        System.out.println("cluster test: " + line);
    }
}
