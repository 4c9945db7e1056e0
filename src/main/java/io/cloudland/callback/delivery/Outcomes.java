package io.cloudland.callback.delivery;

import io.cloudland.callback.model.Attempt;
import io.cloudland.callback.model.Delivery;
import io.cloudland.callback.observe.DeliveryListener;
import io.cloudland.callback.store.EventStore;
import io.vertx.core.Future;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells the store, then the listener, how attempts ended. Neither can harm the lane, whatever it throws. */
final class Outcomes {

    private static final Logger log = LoggerFactory.getLogger("delivery");

    private final EventStore store;
    private final DeliveryListener listener;

    Outcomes(EventStore store, DeliveryListener listener) {
        this.store = store;
        this.listener = listener;
    }

    void delivered(Delivery delivery, Attempt attempt) {
        try {
            noted(delivery, store.delivered(delivery, attempt));
        } catch (RuntimeException | Error defect) {
            notNoted(delivery, defect);
        }
        try {
            listener.delivered(delivery, attempt);
        } catch (RuntimeException | Error defect) {
            notTold(delivery, defect);
        }
    }

    void retryAt(Delivery delivery, Attempt attempt, Instant due) {
        try {
            noted(delivery, store.retryAt(delivery, attempt, due));
        } catch (RuntimeException | Error defect) {
            notNoted(delivery, defect);
        }
        try {
            listener.retryScheduled(delivery, attempt, due);
        } catch (RuntimeException | Error defect) {
            notTold(delivery, defect);
        }
    }

    void dead(Delivery delivery, Attempt attempt, String reason) {
        try {
            noted(delivery, store.dead(delivery, attempt, reason));
        } catch (RuntimeException | Error defect) {
            notNoted(delivery, defect);
        }
        try {
            listener.dead(delivery, attempt, reason);
        } catch (RuntimeException | Error defect) {
            notTold(delivery, defect);
        }
    }

    private static void noted(Delivery delivery, Future<Void> noting) {
        if (!noting.succeeded()) {
            noting.onFailure(failure -> notNoted(delivery, failure));
        }
    }

    private static void notNoted(Delivery delivery, Throwable failure) {
        log.warn(
                "The store could not note how {} went: {}; it is sent again after a restart",
                delivery,
                failure.toString());
    }

    private static void notTold(Delivery delivery, Throwable defect) {
        log.error("A listener failed over {}; the delivery goes on", delivery, defect);
    }
}
