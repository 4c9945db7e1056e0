package io.cloudland.callback.store.memory;

import io.cloudland.callback.model.Delivery;
import io.cloudland.callback.model.DeliveryFilter;
import io.cloudland.callback.model.ResourceRef;
import io.cloudland.callback.store.FirstAccepted;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The open deliveries by endpoint and slot, in order of acceptance. Guarded by {@link Deliveries}. */
final class OpenDeliveries {

    private final Map<String, List<SlotQueue>> byEndpoint = new HashMap<>();
    private int size;

    int size() {
        return size;
    }

    /** @param delivery with a greater position than any before */
    void add(Delivery delivery) {
        slotOf(delivery).add(delivery);
        size++;
    }

    /** The kept form of a delivery, or null when it has ended. */
    @Nullable
    Delivery get(Delivery delivery) {
        return slotOf(delivery).get(delivery.position());
    }

    /** Puts the newer form of a delivery in the place of the older one; does nothing when it has ended. */
    void replace(Delivery newer) {
        slotOf(newer).replace(newer);
    }

    /** Takes a delivery out; null when it has ended before. */
    @Nullable
    Delivery remove(Delivery delivery) {
        Delivery kept = slotOf(delivery).remove(delivery.position());
        if (kept != null) {
            size--;
        }
        return kept;
    }

    List<Delivery> after(String endpoint, int slot, long position, int limit) {
        return slots(endpoint).get(slot).after(position, limit);
    }

    List<Delivery> of(String endpoint, ResourceRef resource, long position, long upTo, int limit) {
        return slots(endpoint).get(resource.slot()).of(resource, position, upTo, limit);
    }

    /** The first that match, over all slots and endpoints. */
    List<Delivery> first(DeliveryFilter filter, int limit) {
        FirstAccepted first = new FirstAccepted(limit);
        for (List<SlotQueue> slots : byEndpoint.values()) {
            slots.forEach(slot -> slot.offerTo(first, filter::matches));
        }
        return first.inOrder();
    }

    private SlotQueue slotOf(Delivery delivery) {
        return slots(delivery.endpoint()).get(delivery.resource().slot());
    }

    private List<SlotQueue> slots(String endpoint) {
        return byEndpoint.computeIfAbsent(endpoint, name -> emptySlots());
    }

    private static List<SlotQueue> emptySlots() {
        List<SlotQueue> slots = new ArrayList<>(ResourceRef.SLOTS);
        for (int slot = 0; slot < ResourceRef.SLOTS; slot++) {
            slots.add(new SlotQueue());
        }
        return slots;
    }
}
