package io.cloudland.callback.lookup;

import io.cloudland.callback.error.CallbackException;
import io.cloudland.callback.model.ResourceLocator;
import io.cloudland.callback.model.ResourceType;
import io.vertx.core.json.JsonObject;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The metadata of one snapshot given as JSON: the keys that the resource's type defines, in their order. */
final class SnapshotMetadata {

    private final @Nullable Object given;
    private final ResourceType type;
    private final Function<String, CallbackException> invalid;

    /** @param invalid makes the refusal of a problem */
    SnapshotMetadata(@Nullable Object given, ResourceType type, Function<String, CallbackException> invalid) {
        this.given = given;
        this.type = type;
        this.invalid = invalid;
    }

    /** What the event says; all there is where the type defines no keys. */
    Map<String, Object> read() {
        Map<?, ?> all = all();
        if (all.isEmpty()) {
            return Map.of();
        }
        List<String> keys = type.metadataKeys();
        Map<String, Object> read = new LinkedHashMap<>();
        if (keys.isEmpty()) {
            all.forEach((key, value) -> put(read, String.valueOf(key), value));
        } else {
            for (String key : keys) {
                Object value = all.get(key);
                if (value != null || all.containsKey(key)) {
                    put(read, key, value);
                }
            }
        }
        return Collections.unmodifiableMap(read);
    }

    private Map<?, ?> all() {
        if (given instanceof Map<?, ?> map) {
            return map;
        }
        if (given instanceof JsonObject object) {
            return object.getMap();
        }
        if (given == null) {
            return Map.of();
        }
        throw invalid.apply("metadata must be an object");
    }

    private void put(Map<String, Object> read, String key, @Nullable Object value) {
        boolean plain = value == null || value instanceof String || value instanceof Boolean || isNumber(value);
        if (!plain) {
            throw invalid.apply("metadata." + key + " must be a string, a number, true, false or null");
        }
        read.put(key, value);
    }

    /** JSON has no word for what is not finite. */
    private static boolean isNumber(Object value) {
        return value instanceof Number number && !Double.isNaN(number.doubleValue()) && !isInfinite(number);
    }

    private static boolean isInfinite(Number number) {
        return (number instanceof Double || number instanceof Float) && Double.isInfinite(number.doubleValue());
    }

    /** An instance of 0 or none is that of a snapshot taken before the interface was attached. */
    void checkAgainst(ResourceLocator.InterfaceByMac named) {
        Map<?, ?> all = all();
        boolean otherMac = all.get("mac_addr") instanceof String mac && !mac.equalsIgnoreCase(named.macAddress());
        boolean otherInstance = all.get("instance_id") instanceof Number instance
                && instance.longValue() > 0
                && instance.longValue() != named.instanceId();
        if (otherMac || otherInstance) {
            throw invalid.apply("metadata.mac_addr or metadata.instance_id contradicts the command");
        }
    }
}
