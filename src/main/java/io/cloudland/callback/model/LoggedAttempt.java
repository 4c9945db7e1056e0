package io.cloudland.callback.model;

import java.time.Duration;
import java.time.Instant;

/**
 * One ended attempt as the delivery log keeps it, or the end of a delivery that none was made for because a newer one stands
 * for it.
 *
 * @param endpoint the endpoint's name
 * @param sequence the event's place in the resource's history
 * @param became what became of the delivery: {@code DELIVERED}, {@code WAITING_FOR_RETRY}, {@code DEAD} or
 *     {@code COALESCED}
 */
public record LoggedAttempt(
        String eventId, String endpoint, ResourceRef resource, long sequence, Attempt attempt, DeliveryState became) {

    /** How that attempt of that delivery stands in the log. */
    public static LoggedAttempt of(Delivery delivery, Attempt attempt, DeliveryState became) {
        ResourceChangeEvent event = delivery.event();
        return new LoggedAttempt(
                event.id().value(), delivery.endpoint(), event.resource(), event.sequence(), attempt, became);
    }

    /**
     * How the end of a delivery stands in the log for which another one goes out. Nothing was sent, so the number is that of
     * the attempts made before.
     */
    public static LoggedAttempt coalesced(Delivery merged, Delivery standing, Instant at) {
        String why = standing.event().id() + " #" + standing.event().sequence() + " stands for it";
        Attempt end = new Attempt(merged.attemptsMade(), at, Duration.ZERO, new AttemptOutcome.Failed(why));
        return of(merged, end, DeliveryState.COALESCED);
    }

    /** Whether something was sent. */
    public boolean isAttempt() {
        return became != DeliveryState.COALESCED;
    }

    /** Whether the endpoint took it. */
    public boolean succeeded() {
        return became == DeliveryState.DELIVERED;
    }
}
