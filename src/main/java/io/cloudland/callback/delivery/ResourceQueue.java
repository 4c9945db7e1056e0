package io.cloudland.callback.delivery;

import io.cloudland.callback.model.Delivery;
import io.cloudland.callback.model.DeliveryState;
import io.cloudland.callback.model.ResourceRef;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
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
    private static final long NOTHING = -2;

    private final Object line;
    private final ResourceRef resource;
    private Deque<Delivery> deliveries = new ArrayDeque<>(2);
    private DeliveryState headState = DeliveryState.PENDING;
    private long heldTo = NONE; // Everything of the resource up to here is held, or has ended.
    private long passedOver = NONE; // The last one that came and was not taken.
    private long givenBack = NONE; // The head that was tried and given back,
    private int givenBackAttempts; // with so many attempts made.
    private boolean headSent; // The head was on the wire, be it that it did not count.
    private long turnUpTo = NONE; // What was there when its turn came reaches to here.

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
        headSent = true;
        turnUpTo = NONE;
    }

    /** The head has ended for good; the next delivery becomes the head. */
    Delivery end(DeliveryState finalState) {
        move(finalState);
        headState = DeliveryState.PENDING;
        headSent = false;
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
            headSent = false;
        }
        add(back && delivery.attemptsMade() < givenBackAttempts ? delivery.withAttempts(givenBackAttempts) : delivery);
    }

    /** Whether its head is here and was never on the wire, as far as this lane and the store know. */
    boolean isHeadFresh() {
        return isLoaded() && !headSent && head().attemptsMade() == 0;
    }

    /** Those it holds of which none was on the wire, in order. */
    List<Delivery> waiting() {
        return deliveries.stream().skip(headSent ? 1 : 0).toList();
    }

    /** Its turn to send comes, if it has not come yet: what arrives from now on is for the next one. */
    void turnComes() {
        if (turnUpTo == NONE) {
            turnUpTo = Math.max(heldTo, passedOver);
        }
    }

    /** Its head goes out as it is, whatever is behind it. */
    void turnIsUp() {
        turnUpTo = NOTHING;
    }

    /** Its turn has passed by; where it was up, that stands until the head was sent. */
    void turnPassed() {
        turnUpTo = turnUpTo == NOTHING ? NOTHING : NONE;
    }

    /** Those of the waiting that were there when its turn came. */
    List<Delivery> waitingInTurn() {
        return waiting().stream()
                .filter(delivery -> delivery.position() <= turnUpTo)
                .toList();
    }

    /** Whether some of those that were there when its turn came are still to be read. */
    boolean isBehindInTurn() {
        return isBehind() && heldTo < turnUpTo;
    }

    /** One of those it holds stands for others from now on, which have ended. */
    void merge(Coalescing.Merge merge, Consumer<Delivery> each) {
        Delivery standing = merge.standing();
        Deque<Delivery> rest = new ArrayDeque<>(2);
        for (Delivery delivery : deliveries) {
            if (merge.ends(delivery)) {
                each.accept(delivery);
            } else {
                rest.addLast(delivery.position() == standing.position() ? standing : delivery);
            }
        }
        deliveries = rest;
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
