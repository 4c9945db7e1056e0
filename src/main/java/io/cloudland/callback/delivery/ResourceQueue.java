package io.cloudland.callback.delivery;

import io.cloudland.callback.model.Delivery;
import io.cloudland.callback.model.DeliveryState;
import io.cloudland.callback.model.ResourceRef;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;

/**
 * The open deliveries of one resource to one endpoint, in sequence order. Only the head moves; the others wait for it. Where
 * the endpoint asks for no order there is one for each delivery. Confined to its lane's context.
 *
 * <p>It holds the first few. Once one had to be passed over, the resource is behind: everything after what it holds must
 * come from the store by {@link ResourceReader}, up to the last one passed over, before it takes from the slot again.
 */
final class ResourceQueue extends Standing {

    /** So many deliveries of one resource are held at most. */
    static final int MOST = 16;

    /** One that is behind and holds no more than this reads on. */
    static final int LOW = MOST / 2;

    private static final long NONE = -1;

    private final Object line;
    private final ResourceRef resource;
    private Deque<Delivery> deliveries = new ArrayDeque<>(2);
    private DeliveryState headState = DeliveryState.PENDING;
    private long heldTo = NONE; // Everything of the resource up to here is held, or has ended.
    private long passedOver = NONE; // The last one that came and was not taken.
    private long givenBack = NONE; // The head that was tried and given back,
    private int givenBackAttempts; // with so many attempts made.

    /** @param line what the deliveries in it have in common, see {@link io.cloudland.callback.model.Ordering#lineOf} */
    ResourceQueue(Object line, ResourceRef resource) {
        this.line = line;
        this.resource = resource;
    }

    Object line() {
        return line;
    }

    ResourceRef resource() {
        return resource;
    }

    Delivery head() {
        return deliveries.getFirst();
    }

    /** Whether its head is in memory. */
    boolean isLoaded() {
        return !deliveries.isEmpty();
    }

    int size() {
        return deliveries.size();
    }

    /** Whether its head has been tried before. */
    boolean isRetried() {
        return isLoaded() ? head().attemptsMade() > 0 : hasGivenBack();
    }

    /** Whether there are some in the store that it does not hold and that its slot will not bring again. */
    boolean isBehind() {
        return passedOver > heldTo;
    }

    /** Whether it may take the next delivery that its slot brings. */
    boolean takes() {
        return !isBehind() && deliveries.size() < MOST;
    }

    void add(Delivery delivery) {
        deliveries.addLast(delivery);
        heldTo = delivery.position();
    }

    /** Leaves one that its slot brought in the store. */
    void passOver(Delivery delivery) {
        passedOver = delivery.position();
    }

    /** The head's attempt starts. */
    void start() {
        move(DeliveryState.IN_FLIGHT);
    }

    /** The head has ended for good; the next delivery becomes the head. */
    Delivery end(DeliveryState finalState) {
        move(finalState);
        headState = DeliveryState.PENDING;
        return deliveries.removeFirst();
    }

    /** The head waits for its next attempt, in its newer form. */
    void waitForRetry(Delivery newer) {
        move(DeliveryState.WAITING_FOR_RETRY);
        deliveries.removeFirst();
        deliveries.addFirst(newer);
    }

    /** The head is pending again: its attempt says nothing of it. */
    void takeBack() {
        move(DeliveryState.PENDING);
    }

    /** Lets go of everything it holds while it waits: it is in the store, and only how often the head was tried is kept. */
    void giveBack(Consumer<Delivery> each) {
        givenBack = head().position();
        givenBackAttempts = head().attemptsMade();
        passedOver = Math.max(passedOver, deliveries.getLast().position());
        heldTo = givenBack - 1;
        deliveries.forEach(each);
        deliveries = new ArrayDeque<>(2);
    }

    /** Whether its head has been tried and given back, and is not here again. */
    boolean hasGivenBack() {
        return givenBack > heldTo;
    }

    /** Whether its head was given back to wait for its next attempt, and waited. */
    boolean isHeadBack() {
        return head().position() == givenBack;
    }

    /** What is read from now on begins after this position ... */
    long heldTo() {
        return heldTo;
    }

    /** ... and ends with this one. */
    long passedOver() {
        return passedOver;
    }

    /** Takes in what was read for it alone. What the store did not note of the head's attempts is remembered. */
    void addRead(Delivery delivery) {
        boolean back = delivery.position() == givenBack;
        if (deliveries.isEmpty() && !back) {
            headState = DeliveryState.PENDING; // The one that waited has ended without us.
        }
        add(back && delivery.attemptsMade() < givenBackAttempts ? delivery.withAttempts(givenBackAttempts) : delivery);
    }

    /** Nothing is left in the store up to this position. */
    void nothingUpTo(long position) {
        heldTo = Math.max(heldTo, position);
    }

    private void move(DeliveryState next) {
        if (!headState.canBecome(next)) {
            throw new IllegalStateException(head() + " cannot go from " + headState + " to " + next);
        }
        headState = next;
    }
}
