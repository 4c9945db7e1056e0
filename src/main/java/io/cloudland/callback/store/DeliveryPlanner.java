package io.cloudland.callback.store;

import io.cloudland.callback.model.ResourceChangeEvent;
import java.util.List;

/** Decides, inside the append, which endpoints are owed an event and with which body. Pure. */
@FunctionalInterface
public interface DeliveryPlanner {
    List<PlannedDelivery> plan(ResourceChangeEvent event);
}
