package io.cloudland.callback.http;

import io.cloudland.callback.model.Payload;
import io.cloudland.callback.model.ResourceChangeEvent;

/** {@code cloudevents}: CloudEvents 1.0 in structured mode, attributes and data in one JSON object. */
public final class CloudEventsFormat implements PayloadFormat {

    /** The name in the configuration. */
    public static final String NAME = "cloudevents";

    private static final String CONTENT_TYPE = "application/cloudevents+json; charset=utf-8";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Payload render(ResourceChangeEvent event) {
        return new Payload(CONTENT_TYPE, JsonBody.of(event, CloudEvents::write));
    }
}
