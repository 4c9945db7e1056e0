package io.cloudland.callback.cli.crash;

import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/**
 * What a crash test does.
 *
 * @param rounds how often the service is killed under load
 * @param seed decides the commands, the faults and the moments of the kills
 * @param sync when the store forces onto the disk what it writes
 * @param coalesce whether events that wait are merged; the receiver is slow then, so that they do
 * @param uri the PostgreSQL that holds the store; empty for one on the disk
 * @param powerLoss the library that notes what was forced onto the disk, where every kill is to be a power cut
 */
record CrashPlan(
        int rounds,
        long seed,
        String sync,
        int commandsPerSecond,
        int resources,
        boolean coalesce,
        Optional<String> uri,
        Optional<Path> powerLoss) {

    /** Few enough that most events get through within the retries, enough that some die. */
    private static final String FAULTS =
            "delay=30ms@10%,hang@0.5%,reset@2%,garbage@0.5%,drip=1b/50ms@0.5%,status=500@8%";

    private static final String SLOW = "delay=20ms,";
    private static final int FEW_IN_FLIGHT = 12;
    private static final int RETRY_MAX = 1;

    /** How the receiver fails. */
    String faults() {
        return coalesce ? SLOW + FAULTS : FAULTS;
    }

    /** The service's configuration, as a host passes it. */
    JsonObject serviceConfig(String url, Path directory) {
        JsonObject callback = new JsonObject()
                .put("url", url)
                .put("queue_size", 1_000_000)
                .put("timeout", 2)
                .put("retry_max", RETRY_MAX)
                .put("retry_interval", 1)
                .put("store", store(directory).put("max_dead_letters", CrashTest.MAX_DEAD_LETTERS));
        return new JsonObject().put("callback", coalesce ? coalescing(callback) : callback);
    }

    private static JsonObject coalescing(JsonObject callback) {
        JsonObject delete = new JsonObject()
                .put("resource_type", "instance")
                .put("id_arg", 1)
                .put("action", "deleted")
                .put("status_arg", 2);
        return callback.put("coalesce", true)
                .put("max_in_flight", FEW_IN_FLIGHT)
                .put("commands", new JsonObject().put(CrashLoad.DELETE, delete));
    }

    /** In PostgreSQL each directory has a schema of its own, so that no run finds what another left. */
    private JsonObject store(Path directory) {
        JsonObject store = new JsonObject();
        return uri.map(database ->
                        store.put("type", "postgresql").put("uri", database).put("schema", schema(directory)))
                .orElseGet(() -> store.put("type", "rocksdb")
                        .put("path", directory.toString())
                        .put("sync", sync));
    }

    /** The schema for a service in that directory. */
    static String schema(Path directory) {
        return "crash_test_" + Integer.toUnsignedString(directory.toString().hashCode(), Character.MAX_RADIX);
    }

    String text() {
        return String.format(
                Locale.ROOT,
                "%s, %d commands/s for %d instances, retry_max %d%s, faults %s%s",
                uri.isPresent() ? "PostgreSQL" : "sync " + sync,
                commandsPerSecond,
                resources,
                RETRY_MAX,
                coalesce ? ", coalesce" : "",
                faults(),
                powerLoss.isPresent() ? "; what was not forced onto the disk is lost" : "");
    }
}
