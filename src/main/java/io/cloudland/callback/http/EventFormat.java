package io.cloudland.callback.http;

import com.fasterxml.jackson.core.JsonGenerator;
import io.cloudland.callback.model.Action;
import io.cloudland.callback.model.Payload;
import io.cloudland.callback.model.ResourceChange;
import io.cloudland.callback.model.ResourceChangeEvent;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * {@code event}: the envelope of the platform's later module, key for key, for the receivers that exist for it.
 *
 * <p>{@code tenant_id} and {@code region} are absent where they are unknown. It has no place for the status before.
 */
public final class EventFormat implements PayloadFormat {

    /** The name in the configuration. */
    public static final String NAME = "event";

    private static final String SOURCE = "Cloudland";

    /** The platform's word for a captured image. */
    private static final String CAPTURED = "snapshot_created";

    /** What {@code data} begins with; metadata of these names, and the two that name the resource, are in it already. */
    private static final Set<String> OWN_KEYS = Set.of("id", "name", "status", "hostname");

    @Override
    public String name() {
        return NAME;
    }

    /**
     * {@inheritDoc}
     *
     * @throws io.cloudland.callback.error.CallbackException {@code INVALID_SNAPSHOT} where a metadata value is neither
     *     string, number, boolean nor null
     */
    @Override
    public Payload render(ResourceChangeEvent event) {
        return new Payload(ResourceChangeFormat.CONTENT_TYPE, JsonBody.of(event, EventFormat::write));
    }

    private static void write(JsonGenerator json, ResourceChangeEvent event) throws IOException {
        ResourceChange change = event.change();
        json.writeStartObject();
        json.writeStringField("event_type", eventType(change));
        json.writeStringField("source", SOURCE);
        json.writeStringField("occurred_at", change.occurredAt().toString());
        JsonBody.writeKnown(json, "tenant_id", change.tenantId());
        json.writeObjectFieldStart("resource");
        json.writeStringField("type", change.resource().type().wireName());
        json.writeStringField("id", change.uuid());
        JsonBody.writeKnown(json, "region", change.region());
        json.writeEndObject();
        writeData(json, change);
        json.writeEndObject();
    }

    private static String eventType(ResourceChange change) {
        return change.action() == Action.CAPTURED
                ? CAPTURED
                : change.resource().type().wireName() + "_" + change.action().wireName();
    }

    private static void writeData(JsonGenerator json, ResourceChange change) throws IOException {
        json.writeObjectFieldStart("data");
        json.writeStringField("id", change.uuid());
        JsonBody.writeKnown(json, "name", resourceName(change));
        json.writeStringField("status", change.status());
        for (Map.Entry<String, Object> entry : change.metadata().entrySet()) {
            if (!OWN_KEYS.contains(entry.getKey())) {
                JsonBody.writeMetadata(json, change.resource(), entry.getKey(), entry.getValue());
            }
        }
        json.writeEndObject();
    }

    /** An instance is named by its host name. */
    private static Optional<String> resourceName(ResourceChange change) {
        Object name = change.metadata().getOrDefault("name", change.metadata().get("hostname"));
        return Optional.ofNullable(name).map(Object::toString);
    }
}
