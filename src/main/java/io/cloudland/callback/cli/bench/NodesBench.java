package io.cloudland.callback.cli.bench;

import io.cloudland.callback.cli.jvm.ServiceJvm;
import io.cloudland.callback.receiver.Receiver;
import io.cloudland.callback.receiver.ReceiverOptions;
import io.cloudland.callback.receiver.Report;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Nodes on one PostgreSQL against an endpoint that takes its time: what each further node adds. The thread that measures owns it.
 */
final class NodesBench {

    private static final int ANSWER_MILLIS = 50;
    private static final int SETTLE_SECONDS = 10;
    private static final int LEASE_SECONDS = 4;
    private static final long UP_WITHIN_SECONDS = 60;
    private static final long STALLED_AFTER_NANOS = TimeUnit.SECONDS.toNanos(30);
    private static final long LOOK_MILLIS = 50;

    /** @param inFlight of each node */
    record Terms(String uri, @Nullable String password, int inFlight, int seconds) {}

    private final Terms terms;
    private final Path directory;
    private final BenchReport report;
    private final String schemas =
            "bench_nodes_" + Long.toString(System.currentTimeMillis(), Character.MAX_RADIX) + "_";
    private double ofOne;

    NodesBench(Terms terms, Path directory, BenchReport report) {
        this.terms = terms;
        this.directory = directory;
        this.report = report;
    }

    /** Runs with one node, then two, up to so many; whether all arrived, in order. */
    boolean run(int most) {
        report.line("machine    %s", Machine.here().text());
        report.line(
                "processes  one JVM for each node; sender and receiver in this one. Every answer takes %d ms",
                ANSWER_MILLIS);
        report.line("settings   max_in_flight=%d for each node, %d s each", terms.inFlight(), terms.seconds());
        report.line("%n%-6s %14s %10s %9s %9s", "nodes", "deliveries/s", "possible", "%", "of one");
        boolean passed = true;
        for (int nodes = 1; nodes <= most; nodes++) {
            passed &= runWith(nodes);
        }
        report.line("%nthe schemas %s1 to %s%d are left in the database", schemas, schemas, most);
        return passed;
    }

    private boolean runWith(int count) {
        Vertx vertx = Vertx.vertx();
        List<ServiceJvm> nodes = new ArrayList<>();
        try {
            Receiver receiver = Receiver.start(
                            vertx, ReceiverOptions.onFreePort().withFaults("delay=" + ANSWER_MILLIS + "ms"))
                    .await();
            for (int number = 1; number <= count; number++) {
                nodes.add(start(vertx, receiver, count, number));
            }
            nodes.forEach(NodesBench::awaitUp);
            NodesLoad load = new NodesLoad(vertx, receiver, nodes);
            load.begin();
            pause(TimeUnit.SECONDS.toMillis(SETTLE_SECONDS));
            tell(count, rate(receiver));
            load.end();
            return audit(receiver, load);
        } finally {
            nodes.forEach(ServiceJvm::close);
            vertx.close().await();
        }
    }

    private ServiceJvm start(Vertx vertx, Receiver receiver, int count, int number) {
        String name = "node-" + number;
        JsonObject store = new JsonObject()
                .put("type", "postgresql")
                .put("uri", terms.uri())
                .put("schema", schemas + count)
                .put("node", name)
                .put("lease", LEASE_SECONDS);
        if (terms.password() != null) {
            store.put("password", terms.password());
        }
        JsonObject callback = new JsonObject()
                .put("url", receiver.url())
                .put("max_in_flight", terms.inFlight())
                .put("store", store);
        return ServiceJvm.start(
                vertx.getOrCreateContext(),
                ServiceJvm.Setup.withoutLookup(new JsonObject().put("callback", callback), home(count + "-" + name)));
    }

    private Path home(String name) {
        try {
            return Files.createDirectories(directory.resolve(name));
        } catch (IOException failure) {
            throw new IllegalStateException("there is no directory for the benchmark: " + failure, failure);
        }
    }

    private static void awaitUp(ServiceJvm node) {
        try {
            node.up().await(UP_WITHIN_SECONDS, TimeUnit.SECONDS);
        } catch (Exception failure) { // Future.await throws the cause, whatever it is.
            throw new IllegalStateException("a node did not start: " + failure.getMessage(), failure);
        }
    }

    private double rate(Receiver receiver) {
        long before = receiver.report().unique();
        long start = System.nanoTime();
        pause(TimeUnit.SECONDS.toMillis(terms.seconds()));
        return (receiver.report().unique() - before) * 1e9 / (System.nanoTime() - start);
    }

    private void tell(int nodes, double perSecond) {
        ofOne = nodes == 1 ? perSecond : ofOne;
        double possible = nodes * Figures.possiblePerSecond(terms.inFlight(), ANSWER_MILLIS);
        report.line(
                "%-6d %,14.0f %,10.0f %8.1f%% %9.2f",
                nodes, perSecond, possible, Figures.percent(perSecond, possible), perSecond / ofOne);
    }

    /** Waits until all that was accepted has come. */
    private boolean audit(Receiver receiver, NodesLoad load) {
        long movedAt = System.nanoTime();
        long seen = 0;
        while (receiver.report().unique() < load.accepted() && System.nanoTime() - movedAt < STALLED_AFTER_NANOS) {
            pause(LOOK_MILLIS);
            long now = receiver.report().unique();
            movedAt = now == seen ? movedAt : System.nanoTime();
            seen = now;
        }
        Report last = receiver.report();
        boolean passed = last.unique() >= load.accepted() && last.outOfOrder() == 0 && last.missing() == 0;
        report.line(
                "       accepted=%d delivered=%d duplicates=%d out_of_order=%d: %s",
                load.accepted(),
                last.unique(),
                last.duplicate(),
                last.outOfOrder(),
                passed ? "as it should be" : "NOT as it should be");
        return passed;
    }

    private static void pause(long millis) {
        try {
            TimeUnit.MILLISECONDS.sleep(millis);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted during the benchmark", stopped);
        }
    }
}
