package io.cloudland.callback.delivery;

import io.cloudland.callback.error.CallbackException;
import io.cloudland.callback.error.ErrorCode;
import io.cloudland.callback.model.Attempt;
import io.cloudland.callback.model.Delivery;
import io.cloudland.callback.model.EventId;
import io.cloudland.callback.observe.SafeListeners;
import io.cloudland.callback.store.EventStore;
import io.vertx.core.Future;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the store, then the listeners, how attempts ended. A store that throws does not harm the lane. Confined to its lane's
 * context.
 */
final class Outcomes {

    private static final Logger log = LoggerFactory.getLogger("delivery");

    /** So many may wait for the store to note them. */
    static final int MAX_UNNOTED = 1_024;

    private final String endpoint;
    private final EventStore store;
    private final SafeListeners listeners;
    private final Runnable onRoom;
    private int unnoted;
    private long leasesLost;

    /**
     * @param onRoom run when there is room again, and when everything is noted
     */
    Outcomes(String endpoint, EventStore store, SafeListeners listeners, Runnable onRoom) {
        this.endpoint = endpoint;
        this.store = store;
        this.listeners = listeners;
        this.onRoom = onRoom;
    }

    void delivered(Delivery delivery, Attempt attempt) {
        try {
            noting(delivery, store.delivered(delivery, attempt));
        } catch (RuntimeException | Error defect) {
            notNoted(delivery.event().id(), defect);
        }
        listeners.delivered(delivery, attempt);
    }

    void retryAt(Delivery delivery, Attempt attempt, Instant due) {
        try {
            noting(delivery, store.retryAt(delivery, attempt, due));
        } catch (RuntimeException | Error defect) {
            notNoted(delivery.event().id(), defect);
        }
        listeners.retryScheduled(delivery, attempt, due);
    }

    /** Completes, always well, when the store has noted it or cannot. */
    Future<?> dead(Delivery delivery, Attempt attempt, String reason) {
        Future<?> noted = Future.succeededFuture();
        try {
            Future<Void> noting = store.dead(delivery, attempt, reason);
            noting(delivery, noting);
            noted = noting.otherwiseEmpty();
        } catch (RuntimeException | Error defect) {
            notNoted(delivery.event().id(), defect);
        }
        listeners.dead(delivery, attempt, reason);
        return noted;
    }

    /** Whether more may be sent: what the store has not noted yet lies in memory, and would be sent again after a crash. */
    boolean hasRoom() {
        return unnoted < MAX_UNNOTED;
    }

    /** Whether the store has noted everything. */
    boolean isNoted() {
        return unnoted == 0;
    }

    /** Keeps no body alive meanwhile. */
    private void noting(Delivery delivery, Future<Void> noting) {
        if (noting.succeeded()) {
            return;
        }
        EventId event = delivery.event().id();
        unnoted++;
        noting.onComplete(noted -> {
            unnoted--;
            if (noted.failed()) {
                notNoted(event, noted.cause());
            }
            if (unnoted == MAX_UNNOTED - 1 || unnoted == 0) {
                onRoom.run();
            }
        });
    }

    private void notNoted(EventId event, Throwable failure) {
        if (failure instanceof CallbackException known && known.code() == ErrorCode.LEASE_LOST) {
            leaseLost(event, known);
            return;
        }
        log.warn(
                "The store could not note how {} → {} went: {}; it is sent again after a restart",
                event,
                endpoint,
                failure.toString());
    }

    /** No fault of anybody's: told once, counted from there on, at DEBUG one by one. */
    private void leaseLost(EventId event, CallbackException lost) {
        if (leasesLost++ == 0) {
            log.warn(
                    "How {} → {} went was not noted, as its slot has gone to another node: {}; the new owner sends it again,"
                            + " with the same id. Further ones are counted, not logged",
                    event,
                    endpoint,
                    lost.getMessage());
        } else {
            log.debug("How {} → {} went was not noted either: {} so far", event, endpoint, leasesLost);
        }
    }

    /** How many outcomes were not noted because the slot has gone to another node. */
    long leasesLost() {
        return leasesLost;
    }
}
