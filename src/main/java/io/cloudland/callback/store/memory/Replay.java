package io.cloudland.callback.store.memory;

import io.cloudland.callback.model.DeadLetter;
import io.cloudland.callback.model.Delivery;
import io.cloudland.callback.model.ResourceRef;
import io.cloudland.callback.model.Tries;
import io.cloudland.callback.store.Replayed;
import java.util.BitSet;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;

/** One replay: what it takes, what it leaves and why. Guarded by {@link Deliveries}. */
final class Replay {

    private final Predicate<String> endpoints;
    private final Map<String, Long> unknownEndpoints = new TreeMap<>();
    private final BitSet slots = new BitSet(ResourceRef.SLOTS);
    private Optional<String> stopped = Optional.empty();
    private long count;

    /** @param endpoints which are delivered to */
    Replay(Predicate<String> endpoints) {
        this.endpoints = endpoints;
    }

    boolean wants(DeadLetter letter) {
        String endpoint = letter.delivery().endpoint();
        boolean known = endpoints.test(endpoint);
        if (!known) {
            unknownEndpoints.merge(endpoint, 1L, Long::sum);
        }
        return known;
    }

    boolean hasRoom(int open, int capacity) {
        boolean room = open < capacity;
        if (!room) {
            stopped = Optional.of(open + " deliveries are waiting and queue_size allows " + capacity);
        }
        return room;
    }

    /** The delivery as it is owed again, from that place on. */
    Delivery again(Delivery died, long position) {
        count++;
        slots.set(died.resource().slot());
        return new Delivery(
                position,
                died.event(),
                died.endpoint(),
                died.payload(),
                0,
                died.event().recordedAt(),
                Tries.none(),
                died.coalesced());
    }

    Replayed result() {
        return new Replayed(count, 0, unknownEndpoints, stopped);
    }

    /** The slots that have something new. */
    BitSet slots() {
        return slots;
    }
}
