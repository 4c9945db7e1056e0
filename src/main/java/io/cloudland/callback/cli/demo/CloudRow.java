package io.cloudland.callback.cli.demo;

import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;

/**
 * One resource of the simulated cloud, and what commands do to it.
 *
 * @param snapshot the row as a lookup answers it
 */
record CloudRow(JsonObject snapshot) {

    private static final String TENANT = "5f6c1f0a-93b1-4a0f-8a8e-6a2f3f0c7d77";

    static CloudRow of(String type, long id, String status, JsonObject metadata) {
        byte[] name = (type + "/" + id).getBytes(StandardCharsets.UTF_8);
        return new CloudRow(new JsonObject()
                .put("resource_id", id)
                .put("resource_uuid", UUID.nameUUIDFromBytes(name).toString())
                .put("status", status)
                .put("tenant_id", TENANT)
                .put("metadata", metadata));
    }

    JsonObject metadata() {
        return snapshot.getJsonObject("metadata");
    }

    void status(String status) {
        snapshot.put("status", status);
    }

    void launch(String status, String hypervisor) {
        status(status);
        moveTo(hypervisor);
    }

    private void moveTo(String hypervisor) {
        metadata().put("hyper_id", Integer.parseInt(hypervisor));
    }

    /** As the platform does it: the row stays, marked, and its hostname gets the time behind it. */
    void delete(long epochSecond) {
        status("deleted");
        snapshot.put("deleted", true);
        metadata().put("hostname", metadata().getString("hostname") + "-" + epochSecond);
    }

    void migrate(String hypervisor, String state) {
        if (state.equals("completed")) {
            launch("running", hypervisor);
        } else {
            status("migrating");
        }
    }

    void createVolume(String path, String status) {
        status(status);
        metadata().put("path", "local:///var/lib/cloudland/volumes/" + path);
    }

    void attachVolume(String instance, String device) {
        status("attached");
        metadata().put("instance_id", Long.parseLong(instance)).put("target", device);
    }

    void detachVolume() {
        status("available");
        metadata().put("instance_id", 0).put("target", "");
    }

    void growVolume() {
        metadata().put("size", metadata().getInteger("size") * 2);
    }

    /** Takes status, format and size from a {@code create_image} command. */
    void createImage(List<String> args) {
        status(args.get(1));
        metadata().put("format", args.get(2)).put("size", Long.parseLong(args.get(3)));
    }

    void plug(String hypervisor) {
        launch("active", hypervisor);
    }

    void unplug() {
        launch("unattached", "-1");
    }
}
