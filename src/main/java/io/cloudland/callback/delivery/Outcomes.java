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
import java.util.function.Supplier;
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

    /** Completes, always well, when the store has noted it or cannot. */
    Future<?> delivered(Delivery delivery, Attempt attempt) {
        Future<?> noted = noted(delivery, () -> store.delivered(delivery, attempt));
        listeners.delivered(delivery, attempt);
        return noted;
    }

    void retryAt(Delivery delivery, Attempt attempt, Instant due) {
        noted(delivery, () -> store.retryAt(delivery, attempt, due));
        listeners.retryScheduled(delivery, attempt, due);
    }

    /** Completes, always well, when the store has noted it or cannot. */
    Future<?> dead(Delivery delivery, Attempt attempt, String reason) {
        Future<?> noted = noted(delivery, () -> store.dead(delivery, attempt, reason));
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

    private Future<?> noted(Delivery delivery, Supplier<Future<Void>> told) {
        EventId event = delivery.event().id(); // No more of it: no body is kept alive meanwhile.
        try {
            Future<Void> noting = told.get();
            return noting.succeeded() ? noting : awaited(event, noting);
        } catch (RuntimeException | Error defect) {
            notNoted(event, defect);
            return Future.succeededFuture();
        }
    }

    private Future<?> awaited(EventId event, Future<Void> noting) {
        unnoted++;
        return noting.transform(noted -> {
            unnoted--;
            if (noted.failed()) {
                notNoted(event, noted.cause());
            }
            if (unnoted == MAX_UNNOTED - 1 || unnoted == 0) {
                onRoom.run();
            }
            return Future.succeededFuture();
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
