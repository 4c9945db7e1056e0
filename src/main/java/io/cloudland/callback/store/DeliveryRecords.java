package io.cloudland.callback.store;

import io.cloudland.callback.model.AttemptFilter;
import io.cloudland.callback.model.DeadLetter;
import io.cloudland.callback.model.DeadLetterFilter;
import io.cloudland.callback.model.Delivery;
import io.cloudland.callback.model.DeliveryFilter;
import io.cloudland.callback.model.LoggedAttempt;
import io.vertx.core.Future;
import java.util.List;
import java.util.function.Predicate;

/**
 * The part of a store that operators ask: what waits, what died and how attempts went. Got from
 * {@link EventStore#records()}; the store's contract holds for it too.
 *
 * <p>A search that would take too long fails with {@code STORE_FAILED} and asks for a narrower filter: a list is never
 * cut short without the {@code limit}.
 */
public interface DeliveryRecords {

    /** Dead letters, newest first. */
    Future<List<DeadLetter>> deadLetters(DeadLetterFilter filter, int limit);

    /**
     * Makes dead letters pending again: with the same event id, body and sequence, at the end of their slots, with no
     * attempt made. Those of one resource keep their order. Each leaves the dead letters in the commit in which it becomes
     * pending. One that dies again meanwhile is not taken twice.
     *
     * @param endpoint which endpoints are delivered to; the letters of others are left
     * @return also where it stopped because {@code queue_size} or the disk allows no more: see {@link Replayed#stopped}
     */
    Future<Replayed> replay(DeadLetterFilter filter, Predicate<String> endpoint);

    /** Deletes dead letters for good; returns how many. */
    Future<Long> purge(DeadLetterFilter filter);

    /** Open deliveries, to whichever endpoint, in order of acceptance. */
    Future<List<Delivery>> deliveries(DeliveryFilter filter, int limit);

    /** Attempts that have ended, newest first, as far back as the delivery log goes. */
    Future<List<LoggedAttempt>> attempts(AttemptFilter filter, int limit);
}
