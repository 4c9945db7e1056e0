package io.cloudland.callback.registry;

import io.cloudland.callback.model.Payload;
import io.cloudland.callback.model.ResourceChangeEvent;

/** Renders an event as the body of one payload format. Pure: the same event gives the same bytes. */
@FunctionalInterface
public interface PayloadRenderer {
    Payload render(ResourceChangeEvent event);
}
