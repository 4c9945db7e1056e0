package io.cloudland.callback.model;

import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/** Where a delivery stands, and the only ways it can go on. */
public enum DeliveryState {
    /** Waiting for its first attempt, or given back uncounted by a stop. */
    PENDING,
    /** An attempt is under way. */
    IN_FLIGHT,
    /** The last attempt failed; the next one is due at a known time. */
    WAITING_FOR_RETRY,
    /** The endpoint answered 2xx. Final. */
    DELIVERED,
    /** No attempts are left. Kept, listed and replayable. */
    DEAD,
    /** A newer event of its resource goes out and stands for it. Final. */
    COALESCED;

    private static final Map<DeliveryState, Set<DeliveryState>> NEXT = new EnumMap<>(Map.of(
            PENDING, EnumSet.of(IN_FLIGHT, COALESCED),
            IN_FLIGHT, EnumSet.of(DELIVERED, WAITING_FOR_RETRY, DEAD, PENDING),
            WAITING_FOR_RETRY, EnumSet.of(IN_FLIGHT, COALESCED),
            DELIVERED, EnumSet.noneOf(DeliveryState.class),
            DEAD, EnumSet.of(PENDING),
            COALESCED, EnumSet.noneOf(DeliveryState.class)));

    /** Whether a delivery in this state may become {@code next}. */
    public boolean canBecome(DeliveryState next) {
        return NEXT.getOrDefault(this, Set.of()).contains(next);
    }
}
