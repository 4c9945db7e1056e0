package io.cloudland.callback.store.postgresql;

import io.cloudland.callback.model.Action;
import io.cloudland.callback.model.EventId;
import io.cloudland.callback.model.ResourceChange;
import io.cloudland.callback.model.ResourceChangeEvent;
import io.cloudland.callback.model.ResourceRef;
import io.cloudland.callback.model.ResourceType;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** An event as JSON. The keys are those of the columns and of the callback's body where these have them. */
final class EventJson {

    private EventJson() {}

    static String encode(ResourceChangeEvent event) {
        ResourceChange change = event.change();
        JsonObject json = new JsonObject()
                .put("id", event.id().value())
                .put("resource_type", change.resource().type().wireName())
                .put("resource_id", change.resource().id())
                .put("uuid", change.uuid())
                .put("status", change.status())
                .put("action", change.action().wireName())
                .put("command", change.command())
                .put("occurred_at", change.occurredAt().toString())
                .put("metadata", change.metadata())
                .put("sequence", event.sequence())
                .put("epoch", event.epoch())
                .put("recorded_at", event.recordedAt().toString());
        putIfKnown(json, "tenant_id", change.tenantId());
        putIfKnown(json, "region", change.region());
        putIfKnown(json, "previous_status", event.previousStatus());
        return json.encode();
    }

    private static void putIfKnown(JsonObject json, String key, Optional<String> value) {
        value.ifPresent(known -> json.put(key, known));
    }

    static ResourceChangeEvent decode(JsonObject json) {
        return new ResourceChangeEvent(
                new EventId(json.getString("id")),
                change(json),
                Optional.ofNullable(json.getString("previous_status")),
                json.getLong("sequence"),
                json.getString("epoch"),
                Instant.parse(json.getString("recorded_at")));
    }

    private static ResourceChange change(JsonObject json) {
        return new ResourceChange(
                resource(json.getString("resource_type"), json.getLong("resource_id")),
                json.getString("uuid"),
                json.getString("status"),
                Action.ofWireName(json.getString("action")).orElseThrow(),
                json.getString("command"),
                Instant.parse(json.getString("occurred_at")),
                Optional.ofNullable(json.getString("tenant_id")),
                Optional.ofNullable(json.getString("region")),
                map(json.getJsonObject("metadata")));
    }

    static ResourceRef resource(String type, long id) {
        return new ResourceRef(
                ResourceType.ofWireName(type)
                        .orElseThrow(() -> new IllegalArgumentException("unknown resource type " + type)),
                id);
    }

    /** In the order of the keys; empty for none. */
    static Map<String, Object> map(@Nullable JsonObject json) {
        return json == null || json.isEmpty()
                ? Map.of()
                : Collections.unmodifiableMap(new LinkedHashMap<>(json.getMap()));
    }
}
