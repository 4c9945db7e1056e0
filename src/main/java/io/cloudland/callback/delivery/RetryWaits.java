package io.cloudland.callback.delivery;

import io.cloudland.callback.time.TimeSource;
import io.cloudland.callback.time.Timers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The resources of one lane that wait until they are due: a hundred thousand of them cost one timer. Goes by the monotonic
 * clock. Confined to its lane's context.
 */
final class RetryWaits {

    private final Timers timers;
    private final TimeSource time;
    private final Consumer<List<ResourceQueue>> due;
    private final PriorityQueue<ResourceQueue> byDue =
            new PriorityQueue<>((one, other) -> Long.signum(one.dueNanos() - other.dueNanos()));
    private Timers.@Nullable Cancellable timer;
    private long timerNanos;

    /**
     * @param due takes those that have waited
     */
    RetryWaits(Timers timers, TimeSource time, Consumer<List<ResourceQueue>> due) {
        this.timers = timers;
        this.time = time;
        this.due = due;
    }

    void add(ResourceQueue queue, Duration wait) {
        queue.waitUntil(time.nanoTime() + wait.toNanos());
        byDue.add(queue);
        wakeForFirst();
    }

    private void wakeForFirst() {
        ResourceQueue first = byDue.peek();
        if (first == null || (timer != null && timerNanos - first.dueNanos() <= 0)) {
            return;
        }
        cancel();
        timerNanos = first.dueNanos();
        timer = timers.schedule(Duration.ofNanos(Math.max(0, timerNanos - time.nanoTime())), this::wake);
    }

    private void wake() {
        timer = null;
        List<ResourceQueue> waited = new ArrayList<>();
        for (ResourceQueue first = byDue.peek(); first != null && isDue(first); first = byDue.peek()) {
            first.waited();
            waited.add(first);
            byDue.remove();
        }
        wakeForFirst(); // Before the others are told: whatever they do, the rest is woken.
        due.accept(waited);
    }

    private boolean isDue(ResourceQueue queue) {
        return queue.dueNanos() - time.nanoTime() <= 0;
    }

    /** Nobody is woken any more. */
    void close() {
        cancel();
        byDue.clear();
    }

    private void cancel() {
        if (timer != null) {
            timer.cancel();
            timer = null;
        }
    }
}
