package io.cloudland.callback.model;

import java.time.Instant;

/**
 * One event owed to one endpoint until it ends.
 *
 * @param position the event's place in the store's order of acceptance; grows, may have gaps
 * @param endpoint the endpoint's name
 * @param attemptsMade how many attempts have ended so far; one cut short by our own stop does not count
 * @param notBefore when the next attempt is due; in the past when it is due now
 * @param tries when it was tried and how the last attempt ended, as the store knew it when it was read
 * @param coalesced what it stands for beside its own event
 */
public record Delivery(
        long position,
        ResourceChangeEvent event,
        String endpoint,
        Payload payload,
        int attemptsMade,
        Instant notBefore,
        Tries tries,
        Coalesced coalesced) {

    /** A delivery of whose tries no more than their number is known. */
    public Delivery(
            long position,
            ResourceChangeEvent event,
            String endpoint,
            Payload payload,
            int attemptsMade,
            Instant notBefore) {
        this(position, event, endpoint, payload, attemptsMade, notBefore, Tries.none(), Coalesced.NOTHING);
    }

    public ResourceRef resource() {
        return event.resource();
    }

    /** The same delivery after another attempt has ended, with the next one due at {@code next}. */
    public Delivery retryAt(Instant next) {
        return new Delivery(position, event, endpoint, payload, attemptsMade + 1, next, tries, coalesced);
    }

    /** The same with what has been tried of it. */
    public Delivery withTries(Tries known) {
        return new Delivery(position, event, endpoint, payload, attemptsMade, notBefore, known, coalesced);
    }

    /** The same, standing for those too. */
    public Delivery withCoalesced(Coalesced others) {
        return new Delivery(position, event, endpoint, payload, attemptsMade, notBefore, tries, others);
    }

    /** The same delivery with what is known of its attempts. */
    public Delivery withAttempts(int made) {
        return new Delivery(position, event, endpoint, payload, made, notBefore, Tries.none(), coalesced);
    }

    /** As it stands in messages and logs. */
    @Override
    public String toString() {
        return event.id() + " → " + endpoint;
    }
}
