package io.cloudland.callback.cli.crash;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Random;
import java.util.UUID;

/**
 * Commands for instances picked at random from a seed. No two commands state the same status, so that an event tells which
 * command made it, and the status chain can be held against the order in which the commands were sent.
 */
final class CrashLoad {

    private static final List<String> STATUSES = List.of("running", "shut_off", "paused");

    private final Random random;
    private final int resources;
    private long sent;

    CrashLoad(long seed, int resources) {
        this.random = new Random(seed);
        this.resources = resources;
    }

    /** The next command, with its snapshot, as a platform would send it. */
    JsonObject next() {
        int id = 1 + random.nextInt(resources);
        String status = STATUSES.get(random.nextInt(STATUSES.size())) + "-" + ++sent;
        return new JsonObject()
                .put("command", "action_vm")
                .put("args", JsonArray.of("action_vm", Integer.toString(id), status))
                .put("resource", snapshot(id, status));
    }

    private static JsonObject snapshot(int id, String status) {
        return new JsonObject()
                .put("resource_uuid", new UUID(0, id).toString())
                .put("status", status)
                .put(
                        "metadata",
                        new JsonObject().put("hostname", "crash-vm-" + id).put("hyper_id", 1 + id % 8));
    }

    /** The number of the command that stated this status, from 1 in the order of sending; 0 where none did. */
    static long numberOf(String status) {
        String number = status.substring(status.indexOf('-') + 1);
        return number.matches("[1-9]\\d{0,17}") ? Long.parseLong(number) : 0;
    }
}
