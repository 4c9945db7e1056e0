package io.cloudland.callback.delivery;

import io.cloudland.callback.delivery.Coalescing.Merge;
import io.cloudland.callback.observe.SafeListeners;
import io.cloudland.callback.store.EventStore;
import io.vertx.core.Future;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;

/**
 * Merges what waits in the lines of a lane, in the store first, so that no restart sends what was merged away: before the head
 * of a line goes out, and where a line or the window has become full. Confined to its lane's context.
 *
 * <p>Where the store cannot note it nothing is merged, and everything goes out.
 */
final class CoalescingStep {

    /** Where room is scarce, lines of that many are merged without waiting for their turn. */
    private static final int MANY = 4;

    private final EventStore store;
    private final SafeListeners listeners;
    private final Window window;
    private final ResourceReader reader;
    private final ReadFailures failures;
    private final boolean on;
    private final Deque<ResourceQueue> full = new ArrayDeque<>();
    private Consumer<ResourceQueue> onMerged = queue -> {};
    private boolean looping;
    private int underWay;

    /** @param on whether anything is merged at all */
    CoalescingStep(
            boolean on,
            EventStore store,
            SafeListeners listeners,
            Window window,
            ResourceReader reader,
            ReadFailures failures) {
        this.on = on;
        this.store = store;
        this.listeners = listeners;
        this.window = window;
        this.reader = reader;
        this.failures = failures;
    }

    /** Runs {@code action} after every merge of a line whose turn it was not. */
    void onMerged(Consumer<ResourceQueue> action) {
        this.onMerged = action;
    }

    /** Whether nothing may be started in a line because the store is at it. */
    boolean isBusyWith(ResourceQueue queue) {
        return on && queue.isBeingRead();
    }

    /** Whether the store is still noting a merge. */
    boolean isIdle() {
        return underWay == 0;
    }

    /**
     * Whether the head of a line whose turn it is may have a newer one to stand for it. No further is looked than what was
     * there when its turn came, or one that changes all the time would never be sent.
     */
    boolean isDue(ResourceQueue queue) {
        if (!on || !queue.isHeadFresh()) {
            return false;
        }
        queue.turnComes();
        return hasMoreToRead(queue)
                || Coalescing.of(queue.waitingInTurn()).stream().anyMatch(merge -> merge.ends(queue.head()));
    }

    /** The newest that is known of it is held and would be merged into what comes behind it. */
    private static boolean hasMoreToRead(ResourceQueue queue) {
        return queue.size() == 1 && queue.isBehindInTurn() && Coalescing.canBeMerged(queue.head());
    }

    /** One step for a line of which {@link #isDue} is true; completes, always well, when it may be asked again. */
    Future<?> prepare(ResourceQueue queue) {
        List<Merge> merges = Coalescing.of(queue.waitingInTurn());
        Future<?> step = merges.isEmpty() ? readOn(queue) : merge(queue, merges);
        return step.onFailure(failed -> queue.turnIsUp()).otherwiseEmpty();
    }

    private Future<Void> readOn(ResourceQueue queue) {
        if (!window.tryReservePage()) {
            return reader.read(queue, reader.turnOf(queue));
        }
        return reader.read(queue, Window.PAGE).onComplete(read -> window.releasePage());
    }

    private Future<?> merge(ResourceQueue queue, List<Merge> merges) {
        queue.readStarts();
        underWay++;
        List<Future<Void>> noted =
                merges.stream().map(merge -> noted(queue, merge)).toList();
        return Future.join(noted)
                .onFailure(failure -> failures.notMerged(queue.resource(), failure))
                .onComplete(ended -> {
                    underWay--;
                    queue.readEnds();
                });
    }

    private Future<Void> noted(ResourceQueue queue, Merge merge) {
        return noting(merge).onSuccess(done -> {
            queue.merge(merge, window::remove);
            merge.merged().forEach(one -> listeners.coalesced(one, merge.standing()));
        });
    }

    private Future<Void> noting(Merge merge) {
        try {
            return store.coalesce(merge.standing(), merge.merged());
        } catch (RuntimeException | Error defect) {
            return Future.failedFuture(defect);
        }
    }

    /**
     * A line has grown, or may be read on: where it is full it is merged now, so that it goes on to take what its slot brings
     * while nothing can be sent. A loop, not a recursion: merges and reads that end at once come back to here.
     */
    void grown(ResourceQueue queue) {
        if (!on || !isFull(queue)) {
            return;
        }
        full.addLast(queue);
        if (looping) {
            return;
        }
        looping = true;
        try {
            for (ResourceQueue next = full.pollFirst(); next != null; next = full.pollFirst()) {
                mergeFull(next);
            }
        } finally {
            looping = false;
        }
    }

    /** Whether a line that was read for should be read for further until it is full: more came meanwhile than was read. */
    boolean wantsMore(ResourceQueue queue) {
        return on && queue.isBehind();
    }

    private boolean isFull(ResourceQueue queue) {
        int size = queue.size();
        return !queue.isBeingRead()
                && (size >= ResourceQueue.MOST
                        || (size > ResourceQueue.LOW && queue.isBehind())
                        || (size >= MANY && window.isHalfFull()));
    }

    private void mergeFull(ResourceQueue queue) {
        List<Merge> merges = isFull(queue) ? Coalescing.of(queue.waiting()) : List.of();
        if (!merges.isEmpty()) {
            merge(queue, merges).onComplete(merged -> mergedFull(queue, merged.succeeded()));
        }
    }

    /** One that the store could not note is not tried again at once. */
    private void mergedFull(ResourceQueue queue, boolean noted) {
        onMerged.accept(queue);
        if (noted) {
            grown(queue);
        }
    }

    /** Forgets what waits to be merged. */
    void close() {
        full.clear();
    }
}
