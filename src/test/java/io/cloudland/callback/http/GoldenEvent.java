package io.cloudland.callback.http;

import io.cloudland.callback.model.Action;
import io.cloudland.callback.model.EventId;
import io.cloudland.callback.model.ResourceChange;
import io.cloudland.callback.model.ResourceChangeEvent;
import io.cloudland.callback.model.ResourceRef;
import io.cloudland.callback.model.ResourceType;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The event that the golden samples show, and its relatives. */
final class GoldenEvent {

    private GoldenEvent() {}

    private static Map<String, Object> metadata() {
        Map<String, Object> metadata = new LinkedHashMap<>();
        metadata.put("hostname", "vm-1");
        metadata.put("hyper_id", 3);
        metadata.put("zone_id", 1);
        metadata.put("cpu", 4);
        metadata.put("memory", 8192);
        metadata.put("disk", 100);
        return metadata;
    }

    static ResourceChangeEvent event() {
        return event(
                ResourceType.INSTANCE,
                Action.CREATED,
                Optional.of("0b5e2f6a-7c1d-4a55-9b1e-2f3a4b5c6d7e"),
                Optional.of("ap-hongkong"),
                Optional.of("pending"),
                metadata());
    }

    /** All that can be missing is missing. */
    static ResourceChangeEvent bare(ResourceType type, Action action) {
        return event(type, action, Optional.empty(), Optional.empty(), Optional.empty(), Map.of());
    }

    static ResourceChangeEvent in(String region, String tenant) {
        return event(
                ResourceType.INSTANCE,
                Action.CREATED,
                Optional.of(tenant),
                Optional.of(region),
                Optional.of("pending"),
                metadata());
    }

    static ResourceChangeEvent of(ResourceType type, Map<String, Object> metadata) {
        return event(type, Action.CAPTURED, Optional.empty(), Optional.empty(), Optional.empty(), metadata);
    }

    private static ResourceChangeEvent event(
            ResourceType type,
            Action action,
            Optional<String> tenant,
            Optional<String> region,
            Optional<String> previous,
            Map<String, Object> metadata) {
        ResourceChange change = new ResourceChange(
                new ResourceRef(type, 127),
                "550e8400-e29b-41d4-a716-446655440000",
                "running",
                action,
                "launch_vm",
                Instant.parse("2026-02-09T10:08:14.123456+08:00"),
                tenant,
                region,
                metadata);
        return new ResourceChangeEvent(
                new EventId("evt_7d9f2f1e-2f7b-4d7a-9d1d-8f3c2b1a0e27"),
                change,
                previous,
                2,
                "9f86d081",
                Instant.parse("2026-02-09T02:08:14.200Z"));
    }
}
