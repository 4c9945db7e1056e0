package io.cloudland.callback.observe;

import io.cloudland.callback.model.Attempt;
import io.cloudland.callback.model.Delivery;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells several listeners, and keeps one that throws from hurting the delivery or the others. */
public final class SafeListeners implements DeliveryListener {

    private static final Logger log = LoggerFactory.getLogger("observe");

    private final List<DeliveryListener> listeners;

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

    private void tellAll(Consumer<DeliveryListener> what) {
        for (DeliveryListener listener : listeners) {
            try {
                what.accept(listener);
            } catch (RuntimeException | Error e) {
                log.error(
                        "The listener {} failed; the delivery goes on",
                        listener.getClass().getName(),
                        e);
            }
        }
    }
}
