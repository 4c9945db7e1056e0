package io.cloudland.callback.observe;

import io.cloudland.callback.model.Attempt;
import io.cloudland.callback.model.Delivery;
import java.time.Instant;

/** Hears how deliveries go. Called on the delivering event loop: must be fast, must not do I/O; may not throw. */
public interface DeliveryListener {

    /** The endpoint took it. */
    default void delivered(Delivery delivery, Attempt attempt) {}

    /** The attempt failed; the next one is due at {@code next}. */
    default void retryScheduled(Delivery delivery, Attempt attempt, Instant next) {}

    /** It became a dead letter. */
    default void dead(Delivery delivery, Attempt attempt, String reason) {}

    /** It ended without being sent, because a newer one of its resource goes out and stands for it. */
    default void coalesced(Delivery merged, Delivery standing) {}
}
