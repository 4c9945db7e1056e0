package io.cloudland.callback.store.memory;

import io.cloudland.callback.model.DeadLetter;
import io.cloudland.callback.model.Delivery;
import io.cloudland.callback.model.ResourceRef;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The account of deliveries: those still open, by endpoint and slot in order of acceptance, and what became of the others.
 *
 * <p>Its own lock guards it, so that workers who take from it do not wait for an append that is still rendering bodies.
 */
final class Deliveries {

    private final int capacity;
    private final Map<String, List<SlotQueue>> byEndpoint = new HashMap<>();
    private final DeadLetters deadLetters;
    private int open;
    private long delivered;

    Deliveries(int capacity, int maxDeadLetters) {
        this.capacity = capacity;
        this.deadLetters = new DeadLetters(maxDeadLetters);
    }

    /** Takes in all of them, or none where there is no room for all. */
    synchronized boolean add(List<Delivery> deliveries) {
        if (open + deliveries.size() > capacity) {
            return false;
        }
        deliveries.forEach(delivery -> slotOf(delivery).add(delivery));
        open += deliveries.size();
        return true;
    }

    synchronized List<Delivery> after(String endpoint, int slot, long position, int limit) {
        return slots(endpoint).get(slot).after(position, limit);
    }

    synchronized List<Delivery> of(String endpoint, ResourceRef resource, long position, long upTo, int limit) {
        return slots(endpoint).get(resource.slot()).of(resource, position, upTo, limit);
    }

    /** Puts the newer form of a delivery in the place of the older one; does nothing when it has ended. */
    synchronized void replace(Delivery newer) {
        slotOf(newer).replace(newer);
    }

    /** Ends a delivery; does nothing when it has ended. */
    synchronized void delivered(Delivery delivery) {
        if (remove(delivery)) {
            delivered++;
        }
    }

    /** Ends a delivery as a dead letter; does nothing when it has ended. */
    synchronized void dead(DeadLetter letter) {
        if (remove(letter.delivery())) {
            deadLetters.add(letter);
        }
    }

    private boolean remove(Delivery delivery) {
        boolean removed = slotOf(delivery).remove(delivery.position());
        open -= removed ? 1 : 0;
        return removed;
    }

    synchronized List<DeadLetter> newestDead(int limit) {
        return deadLetters.newest(limit);
    }

    /** The counts of this moment, taken together so that they add up. */
    synchronized Account account() {
        return new Account(open, capacity, delivered, deadLetters.total(), deadLetters.kept());
    }

    record Account(long open, long capacity, long delivered, long dead, long deadKept) {}

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
