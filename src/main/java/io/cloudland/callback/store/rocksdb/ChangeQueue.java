package io.cloudland.callback.store.rocksdb;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** What waits to be written, in the order of the calls. Filled by any thread, emptied by the writer. */
final class ChangeQueue {

    static final int MAX_APPENDS = 16_384;

    private final BlockingQueue<Change> queue = new LinkedBlockingQueue<>();
    private final AtomicInteger appends = new AtomicInteger();
    private final Deque<Change> kept = new ArrayDeque<>(); // Writer only.
    private volatile boolean closed;

    /** Takes an append in; false when too many are waiting already. */
    boolean offer(Append append) {
        if (appends.incrementAndGet() > MAX_APPENDS) {
            appends.decrementAndGet();
            return false;
        }
        submit(append);
        return true;
    }

    /** Takes a change in, whatever is waiting. */
    void submit(Change change) {
        queue.add(change);
        if (closed) {
            refuse(queue);
        }
    }

    boolean isEmpty() {
        return queue.isEmpty();
    }

    /** Whether something waits to be tried once more. Writer only. */
    boolean hasKept() {
        return !kept.isEmpty();
    }

    /** Waits until there is something to write; false when there was nothing for so long. Writer only. */
    boolean await(long millis) throws InterruptedException {
        Change first = queue.poll(millis, TimeUnit.MILLISECONDS);
        if (first != null) {
            kept.addLast(counted(first));
        }
        return first != null;
    }

    /** The next one, those that are tried once more before all others. Writer only. */
    @Nullable
    Change next() {
        Change again = kept.pollFirst();
        if (again != null) {
            return again;
        }
        Change next = queue.poll();
        return next == null ? null : counted(next);
    }

    private Change counted(Change taken) {
        if (taken instanceof Append) {
            appends.decrementAndGet();
        }
        return taken;
    }

    /** Puts these back, before all others, to be tried once more. Writer only. */
    void keep(List<Change> changes) {
        for (int last = changes.size() - 1; last >= 0; last--) {
            kept.addFirst(changes.get(last));
        }
    }

    /** Answers whatever is waiting, and comes in from now on, that the store is closed. Writer only. */
    void close() {
        refuse(kept);
        closed = true;
        refuse(queue);
    }

    private static void refuse(Queue<Change> waiting) {
        Answers answers = new Answers();
        for (Change change = waiting.poll(); change != null; change = waiting.poll()) {
            change.failed(Entrance.stopping(), answers);
        }
        answers.handOver();
    }
}
