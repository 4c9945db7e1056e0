package io.cloudland.callback.http;

import io.cloudland.callback.model.Payload;
import io.cloudland.callback.model.ResourceChangeEvent;

/** A way to write an event down as a request body. Pure, and safe to call from any thread. */
public interface PayloadFormat {

    /** The name in the configuration, for example {@code resource-change}. */
    String name();

    /** The body of this event, as it goes over the wire. */
    Payload render(ResourceChangeEvent event);
}
