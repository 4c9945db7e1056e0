package io.cloudland.callback.cli.bench;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;

/** The instances whose commands a benchmark sends: made from a seed, so that every run has the same. */
final class Fleet {

    private static final long SEED = 20_261_124;
    private static final List<String> STATUSES = List.of("running", "shut_off", "paused");

    private final Random random = new Random(SEED);
    private final List<Instance> instances;

    /** One instance. {@code metadata} is shared by all its commands and may not be changed. */
    record Instance(int index, long id, String uuid, JsonObject metadata) {}

    Fleet(int size) {
        instances = IntStream.range(0, size).mapToObj(this::instance).toList();
    }

    private Instance instance(int index) {
        // Random in their order and spread, distinct by construction.
        long id = 1L + index + (long) random.nextInt(1_000_000) * 100_000;
        String uuid = new UUID(random.nextLong(), random.nextLong()).toString();
        JsonObject metadata = new JsonObject()
                .put("hostname", String.format(Locale.ROOT, "bench-vm-%06d", index))
                .put("hyper_id", 1 + random.nextInt(64))
                .put("zone_id", 1 + random.nextInt(4))
                .put("cpu", 1 << random.nextInt(6))
                .put("memory", 1024 << random.nextInt(6))
                .put("disk", 10 * (1 + random.nextInt(50)));
        return new Instance(index, id, uuid, metadata);
    }

    /** Any of the instances. */
    Instance next() {
        return instances.get(random.nextInt(instances.size()));
    }

    /** A command for any of the instances, with its snapshot, as a platform would send it. */
    JsonObject nextCommand() {
        Instance instance = next();
        String status = STATUSES.get(random.nextInt(STATUSES.size()));
        return new JsonObject()
                .put("command", "action_vm.sh")
                .put("args", JsonArray.of("action_vm.sh", Long.toString(instance.id()), status))
                .put(
                        "resource",
                        new JsonObject()
                                .put("resource_uuid", instance.uuid())
                                .put("status", status)
                                .put("metadata", instance.metadata()));
    }

    /** For each instance the body of an event as the service would send it, ready to be posted. */
    List<Buffer> eventBodies() {
        return instances.stream().map(Fleet::eventBody).toList();
    }

    private static Buffer eventBody(Instance instance) {
        return new JsonObject()
                .put("resource_type", "instance")
                .put("resource_uuid", instance.uuid())
                .put("resource_id", instance.id())
                .put("status", "running")
                .put("previous_status", "shut_off")
                .put("timestamp", "2026-11-24T10:08:14.123456Z")
                .put("metadata", instance.metadata())
                .toBuffer();
    }
}
