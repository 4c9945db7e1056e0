package io.cloudland.callback.cli.jvm;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A service in a JVM of its own, which can be killed as a crash would. Its futures complete on one context. */
public final class ServiceJvm implements AutoCloseable {

    /** Quick to start and small: a crash test starts dozens. */
    private static final List<String> OPTIONS =
            List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xshare:auto", "-Xmx256m");

    private static final long EXIT_WITHIN_SECONDS = 30;

    /** What RocksDB's loader knows the directory of the unpacked library by. */
    private static final String LIBRARY_DIRECTORY = "ROCKSDB_SHAREDLIB_DIR";

    private final Process process;
    private final Wire wire;
    private final long startedNanos = System.nanoTime();

    private ServiceJvm(Process process, Wire wire) {
        this.process = process;
        this.wire = wire;
    }

    /**
     * What a service is started with.
     *
     * @param config what the verticle is deployed with
     * @param lookup the event bus address whose lookups {@code lookups} answers; empty for none
     * @param directory takes its log and what it unpacks, so that no kill leaves anything elsewhere
     * @param environment what its environment holds beside ours
     */
    public record Setup(
            JsonObject config, String lookup, Wire.Service lookups, Path directory, Map<String, String> environment) {

        /** One whose commands carry all that there is to know. */
        public static Setup withoutLookup(JsonObject config, Path directory) {
            return new Setup(config, "", question -> Future.failedFuture("no lookup"), directory, Map.of());
        }

        /** The same with this in its environment. */
        public Setup withEnvironment(Map<String, String> more) {
            return new Setup(config, lookup, lookups, directory, more);
        }

        /** Where it logs. */
        public Path log() {
            return directory.resolve("service.log");
        }

        private JsonObject settings() {
            JsonObject settings = new JsonObject().put(ServiceMain.CONFIG, config);
            return lookup.isEmpty() ? settings : settings.put(ServiceMain.LOOKUP, lookup);
        }
    }

    /**
     * Starts a service; {@link #up()} tells when it can be used.
     *
     * @throws IllegalStateException where no process can be started
     */
    public static ServiceJvm start(Context context, Setup setup) {
        return start(context, setup, OPTIONS);
    }

    /**
     * Starts a service in a JVM with these options instead of those that make it start soon.
     *
     * @throws IllegalStateException where no process can be started
     */
    public static ServiceJvm start(Context context, Setup setup, List<String> jvmOptions) {
        List<String> options = new ArrayList<>(jvmOptions);
        options.add("-Djava.io.tmpdir=" + setup.directory());
        options.add("-Djava.library.path=" + setup.directory()); // Unpacked once, found by all that follow.
        ProcessBuilder builder = new JavaCommand(
                        List.of(),
                        options,
                        ServiceMain.class,
                        List.of(setup.settings().encode()))
                .toProcess();
        builder.environment().put(LIBRARY_DIRECTORY, setup.directory().toString());
        builder.environment().putAll(setup.environment());
        builder.redirectError(ProcessBuilder.Redirect.appendTo(setup.log().toFile()));
        try {
            Process process = builder.start();
            Map<String, Wire.Service> services = Map.of(ServiceMain.LOOKUP, setup.lookups());
            Wire wire = Wire.open(process.getInputStream(), process.getOutputStream(), context, services);
            return new ServiceJvm(process, wire);
        } catch (IOException failure) {
            throw new IllegalStateException("the service cannot be started: " + failure, failure);
        }
    }

    /** Completes, with the time since the start, once the service takes commands. */
    public Future<Duration> up() {
        return wire.ask("up", new JsonObject()).map(up -> Duration.ofNanos(System.nanoTime() - startedNanos));
    }

    /** Sends a command; fails with {@link WireEnded} where the service ends before it answers. */
    public Future<JsonObject> command(JsonObject command) {
        return wire.ask("command", command);
    }

    /** The counts of {@link io.cloudland.callback.CallbackStats}. */
    public Future<JsonObject> stats() {
        return wire.ask("stats", new JsonObject());
    }

    /** The newest dead letters, with their bodies as text. */
    public Future<List<JsonObject>> deadLetters(int limit) {
        return wire.ask("dead-letters", new JsonObject().put("limit", limit))
                .map(answer -> answer.getJsonArray("dead_letters").stream()
                        .map(JsonObject.class::cast)
                        .toList());
    }

    /** Completes when the process has ended and all that it had said has been heard. */
    public Future<Void> ended() {
        return wire.ended();
    }

    public long pid() {
        return process.pid();
    }

    /**
     * Kills it with SIGKILL and waits until it is gone. Its last words still come in.
     *
     * @throws IllegalStateException where it had ended by itself
     */
    public void kill() {
        if (!process.isAlive()) {
            throw new IllegalStateException("the service had ended by itself, with " + process.exitValue());
        }
        process.toHandle().destroyForcibly(); // Process.destroyForcibly would close the pipe, and lose what is in it.
        awaitExit();
    }

    /** Stops it in good order, and by force where that takes too long. */
    @Override
    public void close() {
        try {
            process.getOutputStream().close();
        } catch (IOException alreadyClosed) {
            // It is gone, or about to be.
        }
        if (!awaitExit()) {
            process.destroyForcibly();
        }
    }

    private boolean awaitExit() {
        try {
            return process.waitFor(EXIT_WITHIN_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
