package io.cloudland.callback.observe;

import io.cloudland.callback.model.Attempt;
import io.cloudland.callback.model.Coalesced;
import io.cloudland.callback.model.Delivery;
import io.cloudland.callback.model.ResourceChangeEvent;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes the canonical line of each delivery that ends: one, whatever the number of its attempts. */
public final class DeliveryLog implements DeliveryListener {

    private static final Logger log = LoggerFactory.getLogger("delivery");

    @Override
    public void delivered(Delivery delivery, Attempt attempt) {
        if (log.isInfoEnabled()) {
            // One concatenation: a pattern would have the line scanned for its placeholders and copied once more.
            log.info("delivered " + line(delivery, attempt) + " " + sinceCommandMillis(delivery, attempt)
                    + " ms after the command");
        }
    }

    @Override
    public void dead(Delivery delivery, Attempt attempt, String reason) {
        log.warn("dead {} because {}; kept as a dead letter", line(delivery, attempt), reason);
    }

    @Override
    public void coalesced(Delivery merged, Delivery standing) {
        if (log.isInfoEnabled()) {
            log.info("coalesced " + subject(merged) + ": not sent, "
                    + standing.event().id() + " #" + standing.event().sequence() + " stands for it");
        }
    }

    private static String subject(Delivery delivery) {
        ResourceChangeEvent event = delivery.event();
        return event.id() + " " + event.resource() + " #" + event.sequence() + " "
                + event.previousStatus().orElse("-") + "->" + event.change().status()
                + " endpoint=" + delivery.endpoint();
    }

    private static String line(Delivery delivery, Attempt attempt) {
        Coalesced others = delivery.coalesced();
        return subject(delivery)
                + (others.isNothing() ? "" : " stands_for=" + others.count() + " from=#" + others.from())
                + " outcome=\""
                + attempt.outcome().describe()
                + "\" attempt=" + attempt.number() + " took_ms="
                + attempt.took().toMillis();
    }

    private static long sinceCommandMillis(Delivery delivery, Attempt attempt) {
        return attempt.startedAt().toEpochMilli()
                + attempt.took().toMillis()
                - delivery.event().change().occurredAt().toEpochMilli();
    }
}
