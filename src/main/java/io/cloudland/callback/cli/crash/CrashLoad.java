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

    /** A command that takes an instance away and states a status of its own, which the built-in one does not. */
    static final String DELETE = "crash_test_delete";

    private static final List<String> STATUSES = List.of("running", "shut_off", "paused");
    private static final List<String> LANDMARKS = List.of("created", "deleted", "error");
    private static final int LANDMARK_PERCENT = 6;

    private final Random random;
    private final int resources;
    private final boolean withLandmarks;
    private long sent;

    /** @param withLandmarks whether now and then one creates or deletes its instance, or says that it is in error */
    CrashLoad(long seed, int resources, boolean withLandmarks) {
        this.random = new Random(seed);
        this.resources = resources;
        this.withLandmarks = withLandmarks;
    }

    /** The next command, with its snapshot, as a platform would send it. */
    JsonObject next() {
        int id = 1 + random.nextInt(resources);
        String word = word();
        String command = command(word);
        String status = word + "-" + ++sent;
        return new JsonObject()
                .put("command", command)
                .put("args", JsonArray.of(command, Integer.toString(id), status))
                .put("resource", snapshot(id, status));
    }

    private String word() {
        List<String> words = withLandmarks && random.nextInt(100) < LANDMARK_PERCENT ? LANDMARKS : STATUSES;
        return words.get(random.nextInt(words.size()));
    }

    private static String command(String word) {
        return switch (word) {
            case "created" -> "launch_vm";
            case "deleted" -> DELETE;
            default -> "action_vm";
        };
    }

    private static JsonObject snapshot(int id, String status) {
        return new JsonObject()
                .put("resource_uuid", new UUID(0, id).toString())
                .put("status", status)
                .put(
                        "metadata",
                        new JsonObject().put("hostname", "crash-vm-" + id).put("hyper_id", 1 + id % 8));
    }

    /** Whether the event with this status goes out always, whatever is merged. */
    static boolean isLandmark(String status) {
        return LANDMARKS.contains(status.substring(0, Math.max(0, status.indexOf('-'))));
    }

    /** The number of the command that stated this status, from 1 in the order of sending; 0 where none did. */
    static long numberOf(String status) {
        String number = status.substring(status.indexOf('-') + 1);
        return number.matches("[1-9]\\d{0,17}") ? Long.parseLong(number) : 0;
    }
}
