package io.cloudland.callback.registry;

import io.cloudland.callback.model.ResourceLocator;
import io.cloudland.callback.model.ResourceType;
import java.util.List;

/**
 * Names the lines in which a mention has to wait its turn: one for each resource, and one for all network interfaces.
 *
 * <p>Attaching an interface names it by its MAC address, detaching it by its id, and a detached one may be attached to
 * another instance: that both are the same interface is known only after the lookup, which is too late to keep their order.
 */
final class OrderKeys {

    private static final List<?> INTERFACES = List.of(ResourceType.INTERFACE);

    private OrderKeys() {}

    static List<?> of(Mention mention) {
        return mention.locator() instanceof ResourceLocator.ById byId
                        && byId.resource().type() != ResourceType.INTERFACE
                ? List.of(byId.resource())
                : INTERFACES;
    }
}
