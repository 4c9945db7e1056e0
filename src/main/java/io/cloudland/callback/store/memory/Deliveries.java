package io.cloudland.callback.store.memory;

import io.cloudland.callback.model.Attempt;
import io.cloudland.callback.model.AttemptFilter;
import io.cloudland.callback.model.DeadLetter;
import io.cloudland.callback.model.DeadLetterFilter;
import io.cloudland.callback.model.Delivery;
import io.cloudland.callback.model.DeliveryFilter;
import io.cloudland.callback.model.DeliveryState;
import io.cloudland.callback.model.LoggedAttempt;
import io.cloudland.callback.model.ResourceChangeEvent;
import io.cloudland.callback.model.ResourceRef;
import io.cloudland.callback.model.Retention;
import io.cloudland.callback.model.Tries;
import io.cloudland.callback.store.PlannedDelivery;
import io.cloudland.callback.store.StoreStats;
import io.cloudland.callback.time.SteadyClock;
import io.cloudland.callback.time.TimeSource;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The account of deliveries: those still open, and what became of the others.
 *
 * <p>Its own lock guards it, so that workers who take from it do not wait for an append that is still rendering bodies.
 */
final class Deliveries {

    private final int capacity;
    private final TimeSource time;
    private final OpenDeliveries open = new OpenDeliveries();
    private final DeadLetters deadLetters;
    private final AttemptLog log;
    private long lastPosition;
    private long delivered;
    private long replayed;
    private long coalesced;

    Deliveries(int capacity, Retention bounds, SteadyClock clock, TimeSource time) {
        this.capacity = capacity;
        this.time = time;
        this.deadLetters = new DeadLetters(bounds, clock, time);
        this.log = new AttemptLog(bounds, clock);
    }

    /** Takes in all that an event owes, or none where there is no room for all. */
    synchronized boolean add(ResourceChangeEvent event, List<PlannedDelivery> planned) {
        if (open.size() + planned.size() > capacity) {
            return false;
        }
        lastPosition++;
        for (PlannedDelivery plan : planned) {
            open.add(new Delivery(lastPosition, event, plan.endpoint(), plan.payload(), 0, event.recordedAt()));
        }
        return true;
    }

    synchronized List<Delivery> after(String endpoint, int slot, long position, int limit) {
        return open.after(endpoint, slot, position, limit);
    }

    synchronized List<Delivery> of(String endpoint, ResourceRef resource, long position, long upTo, int limit) {
        return open.of(endpoint, resource, position, upTo, limit);
    }

    synchronized List<Delivery> first(DeliveryFilter filter, int limit) {
        return open.first(filter, limit);
    }

    /** Notes a failed attempt; does nothing when the delivery has ended. */
    synchronized void retry(Delivery delivery, Attempt attempt, Instant next) {
        Delivery kept = open.get(delivery);
        if (kept != null) {
            open.replace(delivery.retryAt(next).withTries(kept.tries().and(attempt)));
            log.add(delivery, attempt, DeliveryState.WAITING_FOR_RETRY);
        }
    }

    /** Ends a delivery; does nothing when it has ended. */
    synchronized void delivered(Delivery delivery, Attempt attempt) {
        if (open.remove(delivery) != null) {
            delivered++;
            log.add(delivery, attempt, DeliveryState.DELIVERED);
        }
    }

    /** Ends a delivery as a dead letter; does nothing when it has ended. */
    synchronized void dead(Delivery delivery, Attempt attempt, String reason) {
        Delivery kept = open.remove(delivery);
        if (kept != null) {
            Instant now = time.now();
            Tries tries = kept.tries().and(attempt);
            Delivery ended = delivery.retryAt(now).withTries(tries);
            deadLetters.add(new DeadLetter(ended, attempt, reason, now, tries.startedAt()));
            log.add(delivery, attempt, DeliveryState.DEAD);
        }
    }

    /** Ends those that another one stands for; does nothing when that one has ended. */
    synchronized void coalesce(Delivery standing, List<Delivery> merged) {
        Delivery kept = open.get(standing);
        if (kept == null) {
            return;
        }
        open.replace(standing.withTries(kept.tries()));
        for (Delivery one : merged) {
            if (open.remove(one) != null) {
                coalesced++;
                log.add(LoggedAttempt.coalesced(one, standing, time.now()));
            }
        }
    }

    synchronized List<DeadLetter> newestDead(DeadLetterFilter filter, int limit) {
        return deadLetters.newest(filter, limit);
    }

    synchronized long purge(DeadLetterFilter filter) {
        return deadLetters.purge(filter);
    }

    /** Makes what the replay takes pending again, the first accepted first, while there is room. */
    synchronized void replay(DeadLetterFilter filter, Replay replay) {
        List<DeadLetter> taken = new ArrayList<>();
        for (DeadLetter letter : inOrderOfAcceptance(deadLetters.newest(filter, Integer.MAX_VALUE))) {
            if (!replay.wants(letter)) {
                continue;
            }
            if (!replay.hasRoom(open.size(), capacity)) {
                break;
            }
            open.add(replay.again(letter.delivery(), ++lastPosition));
            taken.add(letter);
        }
        deadLetters.take(taken);
        replayed += taken.size();
    }

    private static List<DeadLetter> inOrderOfAcceptance(List<DeadLetter> letters) {
        return letters.stream()
                .sorted(Comparator.comparingLong(letter -> letter.delivery().position()))
                .toList();
    }

    synchronized List<LoggedAttempt> newestAttempts(AttemptFilter filter, int limit) {
        return log.newest(filter, limit);
    }

    /** The counts of this moment, taken together so that they add up. */
    synchronized StoreStats stats(long events) {
        long died = deadLetters.total();
        return new StoreStats(
                events,
                delivered + died + coalesced + open.size(),
                delivered,
                died,
                open.size(),
                capacity,
                deadLetters.kept(),
                replayed,
                deadLetters.purged(),
                deadLetters.letGo(),
                0,
                coalesced);
    }
}
