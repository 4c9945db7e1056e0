package io.cloudland.callback.store.rocksdb;

import io.cloudland.callback.model.Attempt;
import io.cloudland.callback.model.DeadLetter;
import io.cloudland.callback.model.Delivery;
import io.cloudland.callback.model.DeliveryState;
import io.cloudland.callback.model.LoggedAttempt;
import io.cloudland.callback.time.TimeSource;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Hands to the writer how attempts ended. What can be made ready on the caller's thread is made there. */
final class Outcomes {

    private final OpenStore store;
    private final Writer writer;
    private final boolean logs;
    private final TimeSource time;

    /** @param logs whether there is a delivery log */
    Outcomes(OpenStore store, Writer writer, boolean logs, TimeSource time) {
        this.store = store;
        this.writer = writer;
        this.logs = logs;
        this.time = time;
    }

    Future<Void> delivered(Delivery delivery, Attempt attempt) {
        boolean tried = hasNotes(delivery) || attempt.number() > 1;
        return submit(
                delivery,
                key -> Outcome.delivered(key, logged(delivery, attempt, DeliveryState.DELIVERED, key), tried));
    }

    Future<Void> retryAt(Delivery delivery, Attempt attempt, Instant next) {
        return submit(
                delivery,
                key -> Outcome.retry(
                        key,
                        logged(delivery, attempt, DeliveryState.WAITING_FOR_RETRY, key),
                        attempt,
                        delivery.retryAt(next)));
    }

    Future<Void> dead(Delivery delivery, Attempt attempt, String reason) {
        Instant now = time.now();
        DeadLetter letter = new DeadLetter(delivery.retryAt(now), attempt, reason, now, List.of());
        return submit(delivery, key -> Outcome.dead(key, logged(delivery, attempt, DeliveryState.DEAD, key), letter));
    }

    Future<Void> coalesce(Delivery standing, List<Delivery> merged) {
        Instant now = time.now();
        Integer id = store.endpoints().idOf(standing.endpoint());
        if (id == null) {
            return Future.succeededFuture(); // No delivery to it was ever kept.
        }
        Coalesce coalesce = new Coalesce(
                keyOf(standing, id),
                standing,
                merged.stream()
                        .map(one -> merged(keyOf(one, id), one, LoggedAttempt.coalesced(one, standing, now)))
                        .toList());
        writer.submit(coalesce);
        return coalesce.answer().future();
    }

    private Coalesce.Merged merged(DeliveryKey key, Delivery delivery, LoggedAttempt end) {
        return new Coalesce.Merged(key, hasNotes(delivery), logs ? entry(end, key) : null);
    }

    private static DeliveryKey keyOf(Delivery delivery, int endpointId) {
        return new DeliveryKey(endpointId, delivery.resource().slot(), delivery.position());
    }

    /** Whether there is more of it than its body. */
    private static boolean hasNotes(Delivery delivery) {
        return delivery.attemptsMade() > 0 || !delivery.coalesced().isNothing();
    }

    private Future<Void> submit(Delivery delivery, Function<DeliveryKey, Outcome> made) {
        Integer id = store.endpoints().idOf(delivery.endpoint());
        if (id == null) {
            return Future.succeededFuture(); // No delivery to it was ever kept.
        }
        Outcome outcome = made.apply(keyOf(delivery, id));
        writer.submit(outcome);
        return outcome.answer().future();
    }

    private BatchLog.@Nullable Entry logged(Delivery delivery, Attempt attempt, DeliveryState became, DeliveryKey key) {
        return logs ? entry(LoggedAttempt.of(delivery, attempt, became), key) : null;
    }

    private static BatchLog.Entry entry(LoggedAttempt logged, DeliveryKey key) {
        return new BatchLog.Entry(
                logged.attempt().startedAt().toEpochMilli(), LogCodec.entry(logged, key.endpointId()));
    }
}
