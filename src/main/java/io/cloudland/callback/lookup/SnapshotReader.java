package io.cloudland.callback.lookup;

import io.cloudland.callback.error.CallbackException;
import io.cloudland.callback.error.ErrorCode;
import io.cloudland.callback.model.ResourceLocator;
import io.cloudland.callback.model.ResourceRef;
import io.cloudland.callback.model.ResourceSnapshot;
import io.cloudland.callback.model.ResourceType;
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
    private final SnapshotMetadata metadata;

    private SnapshotReader(Map<String, ?> json, ResourceLocator locator) {
        this.json = json;
        this.locator = locator;
        this.metadata = new SnapshotMetadata(json.get("metadata"), locator.type(), this::invalid);
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
                reader.metadata.read());
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
        metadata.checkAgainst((ResourceLocator.InterfaceByMac) locator);
        return new ResourceRef(ResourceType.INTERFACE, id(given));
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

    private CallbackException invalid(String problem) {
        return new CallbackException(
                ErrorCode.INVALID_SNAPSHOT,
                "the snapshot of " + locator + " cannot be used: " + problem
                        + "; the command makes no event, send it again with a corrected snapshot");
    }
}
