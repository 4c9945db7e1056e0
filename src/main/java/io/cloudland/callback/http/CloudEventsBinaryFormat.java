package io.cloudland.callback.http;

import io.cloudland.callback.model.Payload;
import io.cloudland.callback.model.ResourceChangeEvent;
import java.util.LinkedHashMap;
import java.util.Map;

/** {@code cloudevents-binary}: CloudEvents 1.0 in binary mode, the attributes in {@code ce-} headers, the data as the body. */
public final class CloudEventsBinaryFormat implements PayloadFormat {

    /** The name in the configuration. */
    public static final String NAME = "cloudevents-binary";

    private static final String HEADER_PREFIX = "ce-";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Payload render(ResourceChangeEvent event) {
        Map<String, String> headers = new LinkedHashMap<>();
        CloudEvents.attributes(event)
                .forEach((name, value) -> headers.put(HEADER_PREFIX + name, CloudEvents.headerValue(value)));
        return new Payload(ResourceChangeFormat.CONTENT_TYPE, JsonBody.of(event, ResourceChangeFormat::write), headers);
    }
}
