package io.cloudland.callback.cli.demo;

import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A cloud's database in memory: what the commands of the day do to it, and the lookups it answers. One event loop, or one
 * test thread, owns it.
 */
final class SimulatedCloud {

    private final Map<String, CloudRow> rows = new HashMap<>();

    /** A virtual machine that was asked for and waits for its hypervisor. */
    void addInstance(long id, int cpu) {
        JsonObject metadata = new JsonObject()
                .put("hostname", "vm-" + id)
                .put("hyper_id", -1)
                .put("zone_id", 1)
                .put("cpu", cpu)
                .put("memory", cpu * 2048)
                .put("disk", cpu * 20);
        add("instance", id, "pending", metadata);
    }

    /** One that has been running since before the day. */
    void addRunningInstance(long id, int cpu, String hypervisor) {
        addInstance(id, cpu);
        row("instance", Long.toString(id)).ifPresent(row -> row.launch("running", hypervisor));
    }

    void addVolume(long id, int gigabytes) {
        JsonObject metadata = new JsonObject()
                .put("name", "volume-" + id)
                .put("size", gigabytes)
                .put("instance_id", 0)
                .put("target", "")
                .put("format", "qcow2")
                .put("path", "");
        add("volume", id, "pending", metadata);
    }

    void addImage(long id, String name) {
        JsonObject metadata = new JsonObject()
                .put("name", name)
                .put("format", "")
                .put("os_code", "linux")
                .put("size", 0)
                .put("architecture", "x86_64");
        add("image", id, "creating", metadata);
    }

    void addInterface(long id, long instance, String mac) {
        JsonObject metadata = new JsonObject()
                .put("name", "eth0")
                .put("mac_addr", mac)
                .put("instance_id", instance)
                .put("hyper_id", -1)
                .put("type", "vxlan");
        add("interface", id, "unattached", metadata);
    }

    private void add(String type, long id, String status, JsonObject metadata) {
        rows.put(type + "/" + id, CloudRow.of(type, id, status, metadata));
    }

    /** Executes a command: afterwards the rows show the new state. A command of an unknown resource changes nothing. */
    void execute(Step step) {
        List<String> args = step.args();
        switch (step.command()) {
            case "launch_vm" -> row("instance", args.get(0)).ifPresent(row -> row.launch(args.get(1), args.get(2)));
            case "action_vm" -> row("instance", args.get(0)).ifPresent(row -> row.status(args.get(1)));
            case "clear_vm" ->
                row("instance", args.get(0))
                        .ifPresent(row -> row.delete(step.at().getEpochSecond()));
            case "migrate_vm" -> row("instance", args.get(2)).ifPresent(row -> row.migrate(args.get(3), args.get(4)));
            case "inst_status" -> report(args.get(1).split(" ", -1));
            case "create_volume_local" ->
                row("volume", args.get(0)).ifPresent(row -> row.createVolume(args.get(1), args.get(2)));
            case "attach_volume_local" ->
                row("volume", args.get(1)).ifPresent(row -> row.attachVolume(args.get(0), args.get(2)));
            case "detach_volume_local" -> row("volume", args.get(1)).ifPresent(CloudRow::detachVolume);
            case "resize_volume" -> row("volume", args.get(0)).ifPresent(CloudRow::growVolume);
            case "create_image" -> row("image", args.get(0)).ifPresent(row -> row.createImage(args));
            case "attach_vm_nic" -> nic(args.get(0), args.get(1)).ifPresent(row -> row.plug(args.get(2)));
            case "detach_vm_nic" -> row("interface", args.get(1)).ifPresent(CloudRow::unplug);
            default -> {}
        }
    }

    private void report(String[] pairs) {
        for (int i = 0; i + 1 < pairs.length; i += 2) {
            String status = pairs[i + 1];
            row("instance", pairs[i]).ifPresent(row -> row.status(status));
        }
    }

    private Optional<CloudRow> row(String type, String id) {
        return Optional.ofNullable(rows.get(type + "/" + id));
    }

    private Optional<CloudRow> nic(String instance, String mac) {
        return rows.values().stream()
                .filter(row -> mac.equals(row.metadata().getString("mac_addr")))
                .filter(row -> instance.equals(String.valueOf(row.metadata().getValue("instance_id"))))
                .findFirst();
    }

    /** Answers a lookup: the row, or an empty object for what the cloud does not know. */
    JsonObject answer(JsonObject question) {
        return find(question).orElseGet(JsonObject::new);
    }

    /** The snapshot that a lookup asks for, by id or, for an interface, by instance and MAC address. */
    Optional<JsonObject> find(JsonObject question) {
        Optional<CloudRow> row = question.containsKey("mac_addr")
                ? nic(String.valueOf(question.getValue("instance_id")), question.getString("mac_addr"))
                : row(question.getString("resource_type"), String.valueOf(question.getValue("resource_id")));
        return row.map(found -> found.snapshot().copy());
    }
}
