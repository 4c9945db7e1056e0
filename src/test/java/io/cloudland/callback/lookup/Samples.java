package io.cloudland.callback.lookup;

import io.cloudland.callback.model.CommandMessage;
import io.cloudland.callback.model.ResourceLocator;
import io.cloudland.callback.model.ResourceRef;
import io.cloudland.callback.model.ResourceSnapshot;
import io.cloudland.callback.model.ResourceType;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The four resources of the test schema that every lookup must find alike, and commands to ask with. */
final class Samples {

    static final String TENANT = "5f6c1f0a-93b1-4a0f-8a8e-6a2f3f0c7d77";
    static final String ADMIN = "0b4c2d58-6f0e-4a7c-9a53-0d8a2f1f3c11";

    static final JsonObject INSTANCE = new JsonObject("""
            {"resource_type": "instance", "resource_uuid": "550e8400-e29b-41d4-a716-446655440000", "resource_id": 123,
             "status": "running", "tenant_id": "5f6c1f0a-93b1-4a0f-8a8e-6a2f3f0c7d77", "metadata": {"hostname": "test-vm-001",
             "hyper_id": 5, "zone_id": 1, "cpu": 4, "memory": 8192, "disk": 100}}""");

    static final JsonObject VOLUME = new JsonObject("""
            {"resource_type": "volume", "resource_uuid": "660e8400-e29b-41d4-a716-446655440001", "resource_id": 7,
             "status": "attached", "tenant_id": "5f6c1f0a-93b1-4a0f-8a8e-6a2f3f0c7d77", "metadata": {"name": "test-volume-001",
             "size": 100, "instance_id": 123, "target": "vdb", "format": "qcow2",
             "path": "local:///var/lib/cloudland/volumes/volume-7.disk"}}""");

    static final JsonObject IMAGE = new JsonObject("""
            {"resource_type": "image", "resource_uuid": "770e8400-e29b-41d4-a716-446655440002", "resource_id": 5,
             "status": "available", "tenant_id": "0b4c2d58-6f0e-4a7c-9a53-0d8a2f1f3c11", "metadata": {"name": "ubuntu-22.04",
             "format": "qcow2", "os_code": "linux", "size": 2147483648, "architecture": "x86_64"}}""");

    static final JsonObject INTERFACE = new JsonObject("""
            {"resource_type": "interface", "resource_uuid": "880e8400-e29b-41d4-a716-446655440003", "resource_id": 101,
             "status": "active", "tenant_id": "5f6c1f0a-93b1-4a0f-8a8e-6a2f3f0c7d77", "metadata": {"name": "eth0",
             "mac_addr": "52:54:00:12:34:56", "instance_id": 123, "hyper_id": 5, "type": "vxlan"}}""");

    static final List<JsonObject> ALL = List.of(INSTANCE, VOLUME, IMAGE, INTERFACE);

    static final ResourceLocator BY_MAC = new ResourceLocator.InterfaceByMac(123, "52:54:00:12:34:56");

    private Samples() {}

    static ResourceLocator byId(ResourceType type, long id) {
        return new ResourceLocator.ById(new ResourceRef(type, id));
    }

    static ResourceLocator instance(long id) {
        return byId(ResourceType.INSTANCE, id);
    }

    static ResourceLocator locator(JsonObject sample) {
        return byId(
                ResourceType.ofWireName(sample.getString("resource_type")).orElseThrow(),
                sample.getLong("resource_id"));
    }

    /** What a lookup must answer for the sample, numbers as {@code long}. */
    static ResourceSnapshot expected(JsonObject sample) {
        return new ResourceSnapshot(
                ((ResourceLocator.ById) locator(sample)).resource(),
                sample.getString("resource_uuid"),
                Optional.of(sample.getString("status")),
                Optional.of(sample.getString("tenant_id")),
                false,
                longNumbers(sample.getJsonObject("metadata").getMap()));
    }

    /** The same snapshot with every number as {@code long}: a source may use the smallest type that fits. */
    static ResourceSnapshot longNumbers(ResourceSnapshot found) {
        return new ResourceSnapshot(
                found.resource(),
                found.uuid(),
                found.status(),
                found.tenantId(),
                found.deleted(),
                longNumbers(found.metadata()));
    }

    private static Map<String, Object> longNumbers(Map<String, Object> metadata) {
        Map<String, Object> same = new LinkedHashMap<>();
        metadata.forEach((key, value) -> same.put(key, value instanceof Number number ? number.longValue() : value));
        return same;
    }

    static CommandMessage command(String name) {
        return command(name, Optional.empty());
    }

    static CommandMessage carrying(JsonObject snapshot) {
        return command("launch_vm", Optional.of(snapshot.getMap()));
    }

    private static CommandMessage command(String name, Optional<Map<String, Object>> snapshot) {
        return new CommandMessage(
                Optional.empty(), name, List.of(name + ".sh"), false, snapshot, Instant.parse("2025-10-30T10:30:00Z"));
    }
}
