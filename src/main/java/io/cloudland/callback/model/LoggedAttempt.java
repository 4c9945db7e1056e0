package io.cloudland.callback.model;

/**
 * One ended attempt as the delivery log keeps it.
 *
 * @param endpoint the endpoint's name
 * @param sequence the event's place in the resource's history
 * @param became what became of the delivery: {@code DELIVERED}, {@code WAITING_FOR_RETRY} or {@code DEAD}
 */
public record LoggedAttempt(
        String eventId, String endpoint, ResourceRef resource, long sequence, Attempt attempt, DeliveryState became) {

    /** How that attempt of that delivery stands in the log. */
    public static LoggedAttempt of(Delivery delivery, Attempt attempt, DeliveryState became) {
        ResourceChangeEvent event = delivery.event();
        return new LoggedAttempt(
                event.id().value(), delivery.endpoint(), event.resource(), event.sequence(), attempt, became);
    }

    /** Whether the endpoint took it. */
    public boolean succeeded() {
        return became == DeliveryState.DELIVERED;
    }
}
