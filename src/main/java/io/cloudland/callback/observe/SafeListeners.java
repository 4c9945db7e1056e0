package io.cloudland.callback.observe;

import io.cloudland.callback.model.Attempt;
import io.cloudland.callback.model.Delivery;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells several listeners, and keeps one that throws from hurting the delivery or the others. */
public final class SafeListeners implements DeliveryListener {

    private static final Logger log = LoggerFactory.getLogger("observe");

    private final List<DeliveryListener> listeners;
    private final Set<DeliveryListener> reported = Collections.newSetFromMap(new ConcurrentHashMap<>());

    public SafeListeners(List<DeliveryListener> listeners) {
        this.listeners = List.copyOf(listeners);
    }

    @Override
    public void delivered(Delivery delivery, Attempt attempt) {
        tellAll(listener -> listener.delivered(delivery, attempt));
    }

    @Override
    public void retryScheduled(Delivery delivery, Attempt attempt, Instant next) {
        tellAll(listener -> listener.retryScheduled(delivery, attempt, next));
    }

    @Override
    public void dead(Delivery delivery, Attempt attempt, String reason) {
        tellAll(listener -> listener.dead(delivery, attempt, reason));
    }

    @Override
    public void coalesced(Delivery merged, Delivery standing) {
        tellAll(listener -> listener.coalesced(merged, standing));
    }

    private void tellAll(Consumer<DeliveryListener> what) {
        for (DeliveryListener listener : listeners) {
            try {
                what.accept(listener);
            } catch (RuntimeException | Error e) {
                report(listener, e);
            }
        }
    }

    private void report(DeliveryListener listener, Throwable defect) {
        if (reported.add(listener)) {
            log.warn(
                    "The listener {} threw; deliveries go on. Further throws of it are not logged",
                    listener.getClass().getName(),
                    defect);
        }
    }
}
