package io.cloudland.callback.lookup;

import io.cloudland.callback.error.CallbackException;
import io.cloudland.callback.error.ErrorCode;
import io.cloudland.callback.model.ResourceLocator;
import io.cloudland.callback.model.ResourceRef;
import io.cloudland.callback.model.ResourceSnapshot;
import io.cloudland.callback.model.ResourceType;
import io.vertx.core.json.JsonObject;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads one snapshot given as JSON in the event's own names, for the resource that a command points at.
 *
 * <p>It runs once for every command that carries its snapshot, so it looks up and copies what an event needs and nothing
 * else. What contradicts the command or has the wrong kind is refused by its key, never by its value.
 */
final class SnapshotReader {

    private final Map<String, ?> json;
    private final ResourceLocator locator;

    private SnapshotReader(Map<String, ?> json, ResourceLocator locator) {
        this.json = json;
        this.locator = locator;
    }

    /**
     * The snapshot of the resource that {@code locator} points at.
     *
     * @throws CallbackException {@code INVALID_SNAPSHOT}, its text naming the resource, the key and the rule
     */
    static ResourceSnapshot read(Map<String, ?> json, ResourceLocator locator) {
        SnapshotReader reader = new SnapshotReader(json, locator);
        reader.checkType();
        return new ResourceSnapshot(
                reader.resource(),
                reader.uuid(),
                reader.text("status"),
                reader.text("tenant_id"),
                reader.deleted(),
                reader.metadata());
    }

    private void checkType() {
        Object given = json.get("resource_type");
        String wanted = locator.type().wireName();
        if (given != null && !wanted.equals(given)) {
            throw invalid("resource_type contradicts the command, which changes a resource of type " + wanted);
        }
    }

    private ResourceRef resource() {
        Object given = firstOf("resource_id", "id");
        if (locator instanceof ResourceLocator.ById byId) {
            if (given != null && id(given) != byId.resource().id()) {
                throw invalid("resource_id contradicts the command");
            }
            return byId.resource();
        }
        if (given == null) {
            throw invalid("resource_id is missing; the command names the interface by its MAC address only");
        }
        if (contradicts((ResourceLocator.InterfaceByMac) locator)) {
            throw invalid("metadata.mac_addr or metadata.instance_id contradicts the command");
        }
        return new ResourceRef(ResourceType.INTERFACE, id(given));
    }

    /** An instance of 0 or none is that of a snapshot taken before the interface was attached. */
    private boolean contradicts(ResourceLocator.InterfaceByMac named) {
        Map<?, ?> given = metadataGiven();
        boolean otherMac = given.get("mac_addr") instanceof String mac && !mac.equalsIgnoreCase(named.macAddress());
        boolean otherInstance = given.get("instance_id") instanceof Number instance
                && instance.longValue() > 0
                && instance.longValue() != named.instanceId();
        return otherMac || otherInstance;
    }

    private long id(Object given) {
        if (given instanceof Integer || given instanceof Long) {
            long id = ((Number) given).longValue();
            if (id > 0) {
                return id;
            }
        }
        throw invalid("resource_id must be a whole number from 1 to 2^63-1");
    }

    private String uuid() {
        if (firstOf("resource_uuid", "uuid") instanceof String uuid && !uuid.isBlank()) {
            return uuid;
        }
        throw invalid("resource_uuid is missing, blank or not a string");
    }

    private @Nullable Object firstOf(String key, String shortKey) {
        Object given = json.get(key);
        return given != null ? given : json.get(shortKey);
    }

    private Optional<String> text(String key) {
        Object given = json.get(key);
        if (given == null) {
            return Optional.empty();
        }
        if (given instanceof String text) {
            return text.isBlank() ? Optional.empty() : Optional.of(text);
        }
        throw invalid(key + " must be a string");
    }

    private boolean deleted() {
        Object given = json.get("deleted");
        if (given == null || given instanceof Boolean) {
            return Boolean.TRUE.equals(given);
        }
        throw invalid("deleted must be true or false");
    }

    private Map<String, Object> metadata() {
        Map<?, ?> given = metadataGiven();
        if (given.isEmpty()) {
            return Map.of();
        }
        List<String> keys = locator.type().metadataKeys();
        Map<String, Object> read = new LinkedHashMap<>();
        if (keys.isEmpty()) {
            given.forEach((key, value) -> put(read, String.valueOf(key), value));
        } else {
            for (String key : keys) {
                Object value = given.get(key);
                if (value != null || given.containsKey(key)) {
                    put(read, key, value);
                }
            }
        }
        return Collections.unmodifiableMap(read);
    }

    private Map<?, ?> metadataGiven() {
        Object given = json.get("metadata");
        if (given instanceof Map<?, ?> map) {
            return map;
        }
        if (given instanceof JsonObject object) {
            return object.getMap();
        }
        if (given == null) {
            return Map.of();
        }
        throw invalid("metadata must be an object");
    }

    private void put(Map<String, Object> read, String key, @Nullable Object value) {
        if (value != null && !(value instanceof String || value instanceof Number || value instanceof Boolean)) {
            throw invalid("metadata." + key + " must be a string, a number, true, false or null");
        }
        read.put(key, value);
    }

    private CallbackException invalid(String problem) {
        return new CallbackException(
                ErrorCode.INVALID_SNAPSHOT,
                "the snapshot of " + locator + " cannot be used: " + problem
                        + "; the command makes no event, send it again with a corrected snapshot");
    }
}
