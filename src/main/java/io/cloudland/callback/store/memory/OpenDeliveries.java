package io.cloudland.callback.store.memory;

import io.cloudland.callback.model.Delivery;
import io.cloudland.callback.model.ResourceRef;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/** The deliveries that have not ended, by endpoint and slot, in order of acceptance. Guarded by the store's lock. */
final class OpenDeliveries {

    private final int capacity;
    private final Map<String, List<NavigableMap<Long, Delivery>>> byEndpoint = new HashMap<>();
    private int size;

    OpenDeliveries(int capacity) {
        this.capacity = capacity;
    }

    boolean hasRoomFor(int more) {
        return size + more <= capacity;
    }

    void add(Delivery delivery) {
        slotOf(delivery).put(delivery.position(), delivery);
        size++;
    }

    /** Puts the newer form of a delivery in the place of the older one; does nothing when it has ended. */
    void replace(Delivery delivery) {
        slotOf(delivery).computeIfPresent(delivery.position(), (position, older) -> delivery);
    }

    /** Whether it was there. */
    boolean remove(Delivery delivery) {
        boolean removed = slotOf(delivery).remove(delivery.position()) != null;
        if (removed) {
            size--;
        }
        return removed;
    }

    List<Delivery> after(String endpoint, int slot, long position, int limit) {
        Iterator<Delivery> rest =
                slots(endpoint).get(slot).tailMap(position, false).values().iterator();
        List<Delivery> found = new ArrayList<>();
        while (rest.hasNext() && found.size() < limit) {
            found.add(rest.next());
        }
        return found;
    }

    int size() {
        return size;
    }

    int capacity() {
        return capacity;
    }

    private NavigableMap<Long, Delivery> slotOf(Delivery delivery) {
        return slots(delivery.endpoint()).get(delivery.resource().slot());
    }

    private List<NavigableMap<Long, Delivery>> slots(String endpoint) {
        return byEndpoint.computeIfAbsent(endpoint, name -> emptySlots());
    }

    private static List<NavigableMap<Long, Delivery>> emptySlots() {
        List<NavigableMap<Long, Delivery>> slots = new ArrayList<>(ResourceRef.SLOTS);
        for (int slot = 0; slot < ResourceRef.SLOTS; slot++) {
            slots.add(new TreeMap<>());
        }
        return slots;
    }
}
