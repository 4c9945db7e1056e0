package io.cloudland.callback.http;

import com.fasterxml.jackson.core.JsonGenerator;
import io.cloudland.callback.model.Payload;
import io.cloudland.callback.model.ResourceChangeEvent;
import java.io.IOException;

/** {@code cloudevents-batch}: CloudEvents 1.0 in batched mode, a JSON array of one event, for receivers that ask for it. */
public final class CloudEventsBatchFormat implements PayloadFormat {

    /** The name in the configuration. */
    public static final String NAME = "cloudevents-batch";

    private static final String CONTENT_TYPE = "application/cloudevents-batch+json";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Payload render(ResourceChangeEvent event) {
        return new Payload(CONTENT_TYPE, JsonBody.of(event, CloudEventsBatchFormat::write));
    }

    private static void write(JsonGenerator json, ResourceChangeEvent event) throws IOException {
        json.writeStartArray();
        CloudEvents.write(json, event);
        json.writeEndArray();
    }
}
