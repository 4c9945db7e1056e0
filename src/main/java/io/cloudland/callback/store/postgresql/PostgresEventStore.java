package io.cloudland.callback.store.postgresql;

import io.cloudland.callback.model.Attempt;
import io.cloudland.callback.model.Delivery;
import io.cloudland.callback.model.DeliveryState;
import io.cloudland.callback.model.ResourceChange;
import io.cloudland.callback.model.ResourceRef;
import io.cloudland.callback.model.ResourceState;
import io.cloudland.callback.store.AppendListener;
import io.cloudland.callback.store.AppendListeners;
import io.cloudland.callback.store.AppendResult;
import io.cloudland.callback.store.AppendTerms;
import io.cloudland.callback.store.CommandKey;
import io.cloudland.callback.store.DeliveryPlanner;
import io.cloudland.callback.store.DeliveryRecords;
import io.cloudland.callback.store.EventStore;
import io.cloudland.callback.store.Inbox;
import io.cloudland.callback.store.StoreStats;
import io.cloudland.callback.time.SteadyClock;
import io.cloudland.callback.time.TimeSource;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/**
 * An {@link EventStore} in PostgreSQL, which several nodes may share: any of them appends, the owner of a slot ends its
 * deliveries.
 *
 * <p>One connection writes, whatever has come in meanwhile in one transaction; a few read. While the database is away appends
 * wait for {@code waitWhenAway} and fail with {@code STORE_FAILED} then, reads of open deliveries and how deliveries ended wait for it. A caller's future completes on the
 * context it called from. {@code docs/store-postgresql.md} tells how it is laid out.
 */
public final class PostgresEventStore implements EventStore {

    private final PostgresSettings settings;
    private final TimeSource time;
    private final SteadyClock clock;
    private final Entrance entrance = new Entrance();
    private final AppendListeners listeners = new AppendListeners();
    private final DeliveryRecords records = new PostgresRecords(entrance);
    private final Inbox inbox;
    private final Lifecycle lifecycle;

    /** A store of a node that is alone: it holds every slot, as it finds it when it is opened. */
    public PostgresEventStore(Vertx vertx, PostgresSettings settings, TimeSource time) {
        this(vertx, settings, null, time);
    }

    /** @param fence which slots this node holds, and by which tokens; null for all of them, as they are found */
    public PostgresEventStore(Vertx vertx, PostgresSettings settings, @Nullable Fence fence, TimeSource time) {
        this.settings = settings;
        this.time = time;
        this.clock = new SteadyClock(time);
        this.inbox = new PostgresInbox(entrance, settings, time);
        this.lifecycle = new Lifecycle(vertx, settings, fence, entrance, listeners, clock, time);
    }

    @Override
    public Future<Void> open() {
        return lifecycle.open();
    }

    @Override
    public Future<AppendResult> append(ResourceChange change, AppendTerms terms, DeliveryPlanner planner) {
        return entrance.whenOpen(rooms -> {
            Append append = new Append(change, terms, planner, time.now(), clock.untouched());
            return rooms.writer().offer(append)
                    ? append.answer().future()
                    : Future.failedFuture(
                            Append.refused(change, ChangeQueue.MAX_APPENDS + " events wait for the database already"));
        });
    }

    @Override
    public Future<AppendResult> unchanged(CommandKey key) {
        return entrance.whenOpen(rooms -> {
            SeenUnchanged seen = new SeenUnchanged(key, clock.untouched());
            rooms.writer().submit(seen);
            return seen.answer().future();
        });
    }

    @Override
    public Optional<Inbox> inbox() {
        return Optional.of(inbox);
    }

    @Override
    public Future<Optional<ResourceState>> lastState(ResourceRef resource) {
        return entrance.whenOpen(rooms -> Queries.lastState(rooms.reads(), resource, settings.waitWhenAway()));
    }

    @Override
    public Future<List<Delivery>> pending(String endpoint, int slot, long afterPosition, int limit) {
        return entrance.whenOpen(rooms -> Queries.pending(rooms.reads(), endpoint, slot, afterPosition, limit));
    }

    @Override
    public Future<List<Delivery>> pendingOf(
            String endpoint, ResourceRef resource, long afterPosition, long upToPosition, int limit) {
        return entrance.whenOpen(
                rooms -> Queries.pendingOf(rooms.reads(), endpoint, resource, afterPosition, upToPosition, limit));
    }

    @Override
    public Future<Void> delivered(Delivery delivery, Attempt attempt) {
        return end(delivery, token -> new End(delivery, token, attempt, DeliveryState.DELIVERED, time.now(), ""));
    }

    @Override
    public Future<Void> retryAt(Delivery delivery, Attempt attempt, Instant next) {
        return end(delivery, token -> new End(delivery, token, attempt, DeliveryState.WAITING_FOR_RETRY, next, ""));
    }

    @Override
    public Future<Void> dead(Delivery delivery, Attempt attempt, String reason) {
        return end(delivery, token -> new End(delivery, token, attempt, DeliveryState.DEAD, time.now(), reason));
    }

    @Override
    public Future<Void> coalesce(Delivery standing, List<Delivery> merged) {
        return end(standing, token -> new Coalesce(standing, token, merged, time.now()));
    }

    /** The token is that of the moment of the call: one that was lost while the change waits stays lost. */
    private Future<Void> end(Delivery delivery, LongFunction<Ending> made) {
        return entrance.whenOpen(rooms -> {
            Ending ending = made.apply(rooms.fence().tokenOf(delivery.resource().slot()));
            rooms.writer().submit(ending);
            return ending.future();
        });
    }

    @Override
    public DeliveryRecords records() {
        return records;
    }

    /**
     * What is pending and kept counts for all nodes, as of this node's last commit, or of the last poll where that is newer; so
     * what others did is at most {@code poll_interval} late. What was accepted, delivered and so on counts for this node.
     */
    @Override
    public StoreStats stats() {
        return entrance.rooms()
                .map(rooms -> rooms.counts().stats(settings.queueSize()))
                .orElseGet(() -> new Counts().stats(settings.queueSize()));
    }

    @Override
    public boolean durable() {
        return true;
    }

    @Override
    public void listen(AppendListener listener) {
        listeners.add(listener);
    }

    @Override
    public void forget(AppendListener listener) {
        listeners.remove(listener);
    }

    @Override
    public Future<Void> close() {
        return lifecycle.close();
    }
}
