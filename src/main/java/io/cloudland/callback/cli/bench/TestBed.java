package io.cloudland.callback.cli.bench;

import io.cloudland.callback.cli.jvm.WorkDirectory;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Where a benchmark takes place: the sink in its process, the common clock, the cores, and a directory for logs. */
final class TestBed implements AutoCloseable {

    private static final int PINGS = 20;

    private final Placement placement;
    private final WorkDirectory logs;
    private final ChildProcess sink;
    private final BenchClock clock;
    private int started;

    private TestBed(Placement placement, List<String> sinkJvm, WorkDirectory logs) {
        this.placement = placement;
        this.logs = logs;
        this.sink = ChildProcess.start(
                placement.sink(),
                sinkJvm,
                SinkProcess.class,
                new JsonObject(),
                logs.path().resolve("sink.log"));
        this.clock = commonClock();
    }

    /**
     * Opens one.
     *
     * @param sinkJvm options of the sink's JVM
     */
    static TestBed open(Placement placement, List<String> sinkJvm) {
        return new TestBed(placement, sinkJvm, WorkDirectory.create("callback-bench"));
    }

    private BenchClock commonClock() {
        for (int ping = 0; ping < PINGS; ping++) {
            long before = System.nanoTime();
            long inTheSink = sink.ask("ping").getLong("nanos");
            if (!BenchClock.lieInOrder(before, inTheSink, System.nanoTime())) {
                return BenchClock.WALL;
            }
        }
        return BenchClock.MONOTONIC;
    }

    BenchClock clock() {
        return clock;
    }

    Placement placement() {
        return placement;
    }

    /** Starts a sender in its own process against an empty sink. */
    SenderRun start(SenderKind kind, BenchOptions options, int inFlight) {
        return start(kind, options, inFlight, 0, List.of(SinkBooks.ONLY), List.of());
    }

    /**
     * Starts the service with several endpoints in its own process against an empty sink.
     *
     * @param parkAfter after so many failures in a row an endpoint is parked; 0: never
     * @param accounted the paths of those of which account is kept
     * @param others the paths of the others
     */
    SenderRun start(BenchOptions options, int inFlight, int parkAfter, List<String> accounted, List<String> others) {
        return start(SenderKind.SERVICE, options, inFlight, parkAfter, accounted, others);
    }

    private SenderRun start(
            SenderKind kind,
            BenchOptions options,
            int inFlight,
            int parkAfter,
            List<String> accounted,
            List<String> others) {
        sink.ask(new JsonObject().put("op", "reset").put("clock", clock.name()).put("paths", new JsonArray(accounted)));
        SenderSettings settings = new SenderSettings(
                Stream.concat(urls("port", accounted), urls("others_port", others))
                        .toList(),
                options.verticle,
                inFlight,
                options.workers,
                options.resources,
                options.pending,
                parkAfter,
                options.store.section(logs.path().resolve("store-" + ++started)),
                options.logLevel);
        Path log = logs.path().resolve(kind.key() + ".log");
        return new SenderRun(
                ChildProcess.start(placement.sender(), List.of(), kind.main(), settings.toJson(), log), sink, clock);
    }

    private Stream<String> urls(String port, List<String> paths) {
        String origin = "http://127.0.0.1:" + sink.facts().getInteger(port);
        return paths.stream().map(path -> origin + path);
    }

    /** Megabytes the service has logged so far, to show that its logging is part of what was measured. */
    double serviceLogMegabytes() {
        try {
            Path log = logs.path().resolve("service.log");
            return Files.exists(log) ? Files.size(log) / 1e6 : 0;
        } catch (IOException unreadable) {
            return 0;
        }
    }

    /** Leaves the logs where they are, because something went wrong. */
    Path keepLogs() {
        return logs.keep();
    }

    @Override
    public void close() {
        sink.close();
        logs.close();
    }
}
