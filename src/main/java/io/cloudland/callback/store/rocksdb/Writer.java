package io.cloudland.callback.store.rocksdb;

import io.cloudland.callback.time.TimeSource;
import java.util.function.IntConsumer;

/**
 * Writes what the callers want, in the order they called, on the one thread that runs {@link #run}: whatever has come in
 * meanwhile goes into one batch, one write and one sync.
 */
final class Writer {

    private static final long TRY_AGAIN_MILLIS = 500;
    private static final long IDLE_MILLIS = 10_000;

    private final ChangeQueue queue = new ChangeQueue();
    private final SyncPolicy sync;
    private final Commit commit;
    private boolean idle;
    private volatile boolean stopping;

    /**
     * @param listener told, after a commit, of every slot that has something new
     */
    Writer(
            OpenStore store,
            WriterSetting setting,
            Space space,
            Reclaimer reclaimer,
            IntConsumer listener,
            TimeSource time) {
        WriteFailures failures = new WriteFailures(time);
        this.sync = new SyncPolicy(setting.sync(), store.database(), failures, time);
        this.commit = new Commit(store, setting, space, reclaimer, listener, failures, sync, time);
    }

    /** Takes an append in; false when too many are waiting already. Any thread. */
    boolean offer(Append append) {
        return queue.offer(append);
    }

    /** Takes a change in, whatever is waiting. Any thread. */
    void submit(Change change) {
        queue.submit(change);
    }

    /** Makes {@link #run} return once everything that is waiting has been written. Any thread. */
    void stop() {
        stopping = true;
        submit(batch -> {}); // Wakes the writer and changes nothing.
    }

    /** Writes until told to stop. Whatever ends it, who still waits is answered. */
    void run() {
        try {
            write();
        } finally {
            commit.close();
            queue.close();
        }
    }

    private void write() {
        while (!stopping || !queue.isEmpty()) {
            awaitWork();
            commit.run(queue);
            sync.catchUp(idle);
        }
        sync.catchUp(true);
    }

    private void awaitWork() {
        try {
            idle = !queue.await(patienceMillis());
        } catch (InterruptedException e) {
            stopping = true; // Nobody interrupts this thread but a host that ends it.
        }
    }

    private long patienceMillis() {
        if (commit.hasMore()) {
            return 0;
        }
        if (queue.hasKept()) {
            return TRY_AGAIN_MILLIS;
        }
        return sync.isBehind() ? SyncPolicy.INTERVAL.toMillis() : IDLE_MILLIS;
    }
}
