package io.cloudland.callback.store;

import io.cloudland.callback.model.Attempt;
import io.cloudland.callback.model.DeadLetter;
import io.cloudland.callback.model.DeadLetterFilter;
import io.cloudland.callback.model.Delivery;
import io.cloudland.callback.model.ResourceChange;
import io.cloudland.callback.model.ResourceRef;
import io.cloudland.callback.model.ResourceState;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Keeps events, the deliveries they owe, the last known state of every resource, dead letters, and for a while what
 * commands with an id led to, so that one that is sent again makes no second event.
 *
 * <p>May be called from any context. A failed future carries a {@link io.cloudland.callback.error.CallbackException}.
 * Every implementation passes the same contract test.
 */
public interface EventStore {

    /** Where the bodies of a page of deliveries reach so many bytes together, the page ends there, however many were asked for. */
    int PAGE_BYTES = 256 << 10;

    /** Makes the store ready. Called once, before anything else. */
    Future<Void> open();

    /**
     * Accepts a change, atomically: reads the resource's last state, gives the event its sequence and previous status,
     * lets {@code planner} decide the deliveries and their bodies, keeps all of it and the new state, and completes when
     * it is as durable as the store can make it. Appends of one resource take effect in the order of the calls. Whether
     * the terms' key is known from before is decided in the same commit.
     *
     * @param planner called at most once, inside the commit; must be fast and must not call the store. Where several nodes
     *     share the store, a commit that another node got in the way of is made anew: the planner is called again then if the
     *     event has become another one, with the same id, and what it said before is forgotten
     * @return {@link AppendResult.Duplicate} or {@link AppendResult.Unchanged} for a key that is known; fails with
     *     {@code QUEUE_FULL}, having kept nothing, when too much is pending
     */
    Future<AppendResult> append(ResourceChange change, AppendTerms terms, DeliveryPlanner planner);

    /** Accepts a change of a command without id. */
    default Future<AppendResult> append(ResourceChange change, boolean onlyIfChanged, DeliveryPlanner planner) {
        return append(change, AppendTerms.of(onlyIfChanged), planner);
    }

    /**
     * Remembers that a command changed nothing of a resource, where that shows without an append.
     *
     * @return what an append with that key would answer where it is known from before, else {@link AppendResult.Unchanged}
     */
    Future<AppendResult> unchanged(CommandKey key);

    /** Where commands are kept whose events cannot be made yet; empty where nothing survives a restart anyway. */
    default Optional<Inbox> inbox() {
        return Optional.empty();
    }

    /** What the newest event of that resource said; empty when it was never seen. */
    Future<Optional<ResourceState>> lastState(ResourceRef resource);

    /**
     * The open deliveries to one endpoint for the resources of one slot, in order of acceptance.
     *
     * @param slot 0 to 255, see {@link ResourceRef#slot()}
     * @param afterPosition only deliveries with a greater position; -1 for all
     * @param limit at most so many, 1 or more; fewer where their bodies reach {@link #PAGE_BYTES}, but never none for that
     */
    Future<List<Delivery>> pending(String endpoint, int slot, long afterPosition, int limit);

    /**
     * The open deliveries to one endpoint for one resource, in order of acceptance. For a resource that fell behind: others
     * of its slot may lie between, so it costs more than {@link #pending} for each delivery found.
     *
     * @param afterPosition only deliveries with a greater position; -1 for all
     * @param upToPosition only deliveries with this position or a smaller one; no further is looked
     * @param limit at most so many, 1 or more; fewer where their bodies reach {@link #PAGE_BYTES}, but never none for that
     */
    Future<List<Delivery>> pendingOf(
            String endpoint, ResourceRef resource, long afterPosition, long upToPosition, int limit);

    /** Ends a delivery: the endpoint took it. */
    Future<Void> delivered(Delivery delivery, Attempt attempt);

    /** Notes a failed attempt; the delivery stays open and its next attempt is due at {@code next}. */
    Future<Void> retryAt(Delivery delivery, Attempt attempt, Instant next);

    /** Ends a delivery as a dead letter, kept with the reason. */
    Future<Void> dead(Delivery delivery, Attempt attempt, String reason);

    /**
     * Ends deliveries for which a newer one goes out from now on, and notes on that one what it stands for. One commit, as
     * durable as an append when it completes, so that no restart sends one of them behind it.
     *
     * @param standing an open delivery, with all that it stands for from now on; where it has ended nothing is done
     * @param merged older ones of its resource to its endpoint; those that have ended are left alone
     */
    Future<Void> coalesce(Delivery standing, List<Delivery> merged);

    /** What operators ask: dead letters, replay, open deliveries and the delivery log. */
    DeliveryRecords records();

    /** The newest dead letters, newest first. */
    default Future<List<DeadLetter>> deadLetters(int limit) {
        return records().deadLetters(DeadLetterFilter.all(), limit);
    }

    /** The counts of this moment. */
    StoreStats stats();

    /** Whether what is pending is still there after a restart. Where it is not, a stop delivers as much as it can. */
    boolean durable();

    /** Tells {@code listener} of every append that created a delivery, from then on, on any thread. */
    void listen(AppendListener listener);

    /** Tells {@code listener} of nothing any more; a call that is under way may still reach it. */
    void forget(AppendListener listener);

    /** Gives everything back. Calls after this fail with {@code SHUTTING_DOWN}. */
    Future<Void> close();
}
