package io.cloudland.callback.registry;

import io.cloudland.callback.model.ResourceLocator;
import java.util.List;

/** Names the lines in which a mention has to wait its turn. */
final class OrderKeys {

    /** The line of everything that attaches or detaches a network interface of one instance. */
    private record NicsOf(long instanceId) {}

    private OrderKeys() {}

    static List<Object> of(Mention mention) {
        if (mention.locator() instanceof ResourceLocator.InterfaceByMac byMac) {
            return List.of(new NicsOf(byMac.instanceId()));
        }
        Object resource = ((ResourceLocator.ById) mention.locator()).resource();
        return mention.nicsOf().isPresent()
                ? List.of(new NicsOf(mention.nicsOf().getAsLong()), resource)
                : List.of(resource);
    }
}
