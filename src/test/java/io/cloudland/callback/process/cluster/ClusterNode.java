package io.cloudland.callback.process.cluster;

import io.cloudland.callback.cli.jvm.ServiceJvm;
import io.vertx.core.Context;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** One node: a service in a JVM of its own, on the shared store. */
final class ClusterNode implements AutoCloseable {

    /** What all nodes of a cluster have in common. */
    record Settings(String url, String schema, Duration lease, Path directory, Context context) {}

    private final String name;
    private final Path log;
    private final ServiceJvm service;

    private ClusterNode(String name, Path log, ServiceJvm service) {
        this.name = name;
        this.log = log;
        this.service = service;
    }

    /** Starts a node, without waiting for it. @param databasePort where it finds its database */
    static ClusterNode start(String name, int databasePort, Settings settings) throws IOException {
        Path directory = Files.createDirectories(settings.directory().resolve(name));
        ServiceJvm.Setup setup = ServiceJvm.Setup.withoutLookup(config(name, databasePort, settings), directory);
        return new ClusterNode(name, setup.log(), ServiceJvm.start(settings.context(), setup));
    }

    private static JsonObject config(String name, int databasePort, Settings settings) {
        JsonObject store = new JsonObject()
                .put("type", "postgresql")
                .put("uri", "postgresql://postgres@127.0.0.1:" + databasePort + "/postgres")
                .put("schema", settings.schema())
                .put("node", name)
                .put("lease", settings.lease().toSeconds())
                .put("timeout", 10)
                .put("poll_interval", 1);
        return new JsonObject()
                .put(
                        "callback",
                        new JsonObject()
                                .put("url", settings.url())
                                .put("workers", 2)
                                .put("timeout", 2)
                                .put("retry_max", 100)
                                .put("retry_interval", 1)
                                .put("store", store));
    }

    String name() {
        return name;
    }

    ServiceJvm service() {
        return service;
    }

    void awaitUp() throws Exception {
        service.up().await(60, TimeUnit.SECONDS);
    }

    String log() throws IOException {
        return Files.readString(log);
    }

    /** Nothing in it moves any more, and nobody is told. */
    void freeze() throws Exception {
        signal("STOP");
    }

    void wake() throws Exception {
        signal("CONT");
    }

    private void signal(String signal) throws Exception {
        int exitCode = new ProcessBuilder("kill", "-" + signal, Long.toString(service.pid()))
                .inheritIO()
                .start()
                .waitFor();
        if (exitCode != 0) {
            throw new IllegalStateException("kill -" + signal + " of " + name + " ended with " + exitCode);
        }
    }

    void kill() {
        service.kill();
    }

    @Override
    public void close() {
        service.close();
    }
}
