package io.cloudland.callback.delivery;

import io.cloudland.callback.model.Delivery;
import io.cloudland.callback.model.DeliveryState;
import io.cloudland.callback.model.ResourceRef;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * The open deliveries of one resource to one endpoint, in sequence order. Only the head moves; the others wait for it.
 * Confined to its lane's context.
 */
final class ResourceQueue {

    private final ResourceRef resource;
    private final Deque<Delivery> deliveries = new ArrayDeque<>(2);
    private DeliveryState headState = DeliveryState.PENDING;

    ResourceQueue(ResourceRef resource) {
        this.resource = resource;
    }

    ResourceRef resource() {
        return resource;
    }

    void add(Delivery delivery) {
        deliveries.addLast(delivery);
    }

    Delivery head() {
        return deliveries.getFirst();
    }

    boolean isEmpty() {
        return deliveries.isEmpty();
    }

    int size() {
        return deliveries.size();
    }

    /** The head's attempt starts. */
    void start() {
        move(DeliveryState.IN_FLIGHT);
    }

    /** The head has ended for good; the next delivery becomes the head. */
    void end(DeliveryState finalState) {
        move(finalState);
        deliveries.removeFirst();
        headState = DeliveryState.PENDING;
    }

    /** The head waits for its next attempt, in its newer form. */
    void waitForRetry(Delivery newer) {
        move(DeliveryState.WAITING_FOR_RETRY);
        deliveries.removeFirst();
        deliveries.addFirst(newer);
    }

    private void move(DeliveryState next) {
        if (!headState.canBecome(next)) {
            throw new IllegalStateException(head() + " cannot go from " + headState + " to " + next);
        }
        headState = next;
    }
}
