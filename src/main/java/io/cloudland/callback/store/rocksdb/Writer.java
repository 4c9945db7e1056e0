package io.cloudland.callback.store.rocksdb;

import io.cloudland.callback.error.CallbackException;
import io.cloudland.callback.time.TimeSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;

/**
 * Writes what the callers want, in the order they called, on the one thread that runs {@link #run}: whatever has come in
 * meanwhile goes into one batch, one write and one sync.
 */
final class Writer {

    static final int MAX_QUEUED_APPENDS = 16_384;
    private static final int MAX_CHANGES = 1_024;
    private static final long MAX_BATCH_BYTES = 4L << 20;
    private static final long SYNC_EVERY_MILLIS = 100;
    private static final long TRY_AGAIN_MILLIS = 500;
    private static final long IDLE_MILLIS = 10_000;

    /**
     * How the writer is set.
     *
     * @param maxDeadLetters how many dead letters are kept
     */
    record Setting(Sync sync, int maxDeadLetters) {}

    private final OpenStore store;
    private final Setting setting;
    private final Space space;
    private final Reclaimer reclaimer;
    private final IntConsumer listener;
    private final TimeSource time;
    private final WriteFailures failures;
    private final BlockingQueue<Change> queue = new LinkedBlockingQueue<>();
    private final AtomicInteger queuedAppends = new AtomicInteger();
    private final Deque<Change> kept = new ArrayDeque<>();
    private final WriteBatch writes = new WriteBatch();
    private boolean idle;
    private boolean unsynced;
    private long syncedAt;
    private volatile boolean stopping;
    private volatile boolean stopped;

    /**
     * @param listener told, after a commit, of every slot that has something new
     */
    Writer(OpenStore store, Setting setting, Space space, Reclaimer reclaimer, IntConsumer listener, TimeSource time) {
        this.store = store;
        this.setting = setting;
        this.space = space;
        this.reclaimer = reclaimer;
        this.listener = listener;
        this.time = time;
        this.failures = new WriteFailures(time);
    }

    /** Takes an append in; false when too many are waiting already. Any thread. */
    boolean offer(Append append) {
        if (queuedAppends.incrementAndGet() > MAX_QUEUED_APPENDS) {
            queuedAppends.decrementAndGet();
            return false;
        }
        submit(append);
        return true;
    }

    /** Takes a change in, whatever is waiting. Any thread. */
    void submit(Change change) {
        queue.add(change);
        if (stopped) {
            refuseTheRest();
        }
    }

    /** Makes {@link #run} return once everything that is waiting has been written. Any thread. */
    void stop() {
        stopping = true;
        submit(new Nudge());
    }

    /** Writes until told to stop. */
    void run() {
        while (!stopping || !queue.isEmpty()) {
            awaitWork();
            commit();
            syncIfDue();
        }
        finish();
    }

    private void awaitWork() {
        long patience = !kept.isEmpty() ? TRY_AGAIN_MILLIS : unsynced ? SYNC_EVERY_MILLIS : IDLE_MILLIS;
        try {
            Change first = queue.poll(patience, TimeUnit.MILLISECONDS);
            idle = first == null;
            if (first != null) {
                count(first);
                kept.addLast(first);
            }
        } catch (InterruptedException e) {
            stopping = true; // Nobody interrupts this thread but a host that ends it.
        }
    }

    private @Nullable Change next() {
        Change again = kept.pollFirst();
        if (again != null) {
            return again;
        }
        Change next = queue.poll();
        if (next != null) {
            count(next);
        }
        return next;
    }

    private void count(Change taken) {
        if (taken instanceof Append) {
            queuedAppends.decrementAndGet();
        }
    }

    private void commit() {
        writes.clear();
        Batch batch = new Batch(store, writes);
        List<Change> applied = new ArrayList<>();
        Answers answers = new Answers();
        while (applied.size() < MAX_CHANGES && batch.bytes() < MAX_BATCH_BYTES) {
            Change change = next();
            if (change == null) {
                break;
            }
            apply(change, batch, applied, answers);
        }
        if (!applied.isEmpty()) {
            write(batch, applied, answers);
        }
        answers.handOver();
        if (space.isOverMaxBytes()) { // Also where all that came in was refused for that.
            reclaimer.start(store.totals().get());
        }
    }

    private void apply(Change change, Batch batch, List<Change> applied, Answers answers) {
        try {
            change.applyTo(batch);
            applied.add(change);
        } catch (CallbackException refused) {
            change.failed(refused, answers);
        } catch (RocksDBException e) {
            change.failed(WriteFailures.unreadable(change, e), answers);
        } catch (RuntimeException e) {
            change.failed(CallbackException.of(e, change + " failed"), answers);
        }
    }

    private void write(Batch batch, List<Change> applied, Answers answers) {
        try {
            if (!batch.isEmpty()) {
                batch.bound(setting.maxDeadLetters());
                writeAndSync(batch);
                failures.over();
            }
            batch.published().stream().forEach(listener);
            applied.forEach(change -> change.committed(answers));
        } catch (RocksDBException e) {
            notWritten(batch, applied, e, answers);
        }
    }

    private void writeAndSync(Batch batch) throws RocksDBException {
        boolean sync = setting.sync() == Sync.ALWAYS && batch.holdsEvents();
        batch.write(sync);
        space.wrote(batch.bytes());
        if (sync) {
            synced();
        } else {
            unsynced = setting.sync() != Sync.OFF;
        }
    }

    /** Whether it is in the log after all is not known: nothing is acknowledged, and what is known is read anew. */
    private void notWritten(Batch batch, List<Change> applied, RocksDBException e, Answers answers) {
        failures.happened(e);
        store.states().clear();
        store.totals().set(reread(batch.totals().lastPosition()));
        for (int last = applied.size() - 1; last >= 0; last--) {
            Change change = applied.get(last);
            if (change.isKeptUntilWritten()) {
                kept.addFirst(change);
            } else {
                change.failed(WriteFailures.unknown(change, e), answers);
            }
        }
    }

    private Totals reread(long givenAway) {
        Totals before = store.totals().get();
        try {
            return before.withKept(store.meta().totals(), givenAway);
        } catch (RocksDBException | IllegalArgumentException e) {
            return before.withKept(before, givenAway);
        }
    }

    private void syncIfDue() {
        if (unsynced && (idle || time.nanoTime() - syncedAt >= TimeUnit.MILLISECONDS.toNanos(SYNC_EVERY_MILLIS))) {
            sync();
        }
    }

    private void sync() {
        try {
            store.database().sync();
            synced();
        } catch (RocksDBException e) {
            failures.happened(e);
        }
    }

    private void synced() {
        unsynced = false;
        syncedAt = time.nanoTime();
    }

    private void finish() {
        if (unsynced) {
            sync();
        }
        writes.close();
        refuse(kept);
        stopped = true;
        refuseTheRest();
    }

    private void refuseTheRest() {
        refuse(queue);
    }

    private static void refuse(Queue<Change> waiting) {
        Answers answers = new Answers();
        for (Change change = waiting.poll(); change != null; change = waiting.poll()) {
            change.failed(RocksDbEventStore.stopping(), answers);
        }
        answers.handOver();
    }

    /** Wakes the writer; changes nothing. */
    private static final class Nudge implements Change {
        @Override
        public void applyTo(Batch batch) {}

        @Override
        public void committed(Answers answers) {}

        @Override
        public void failed(CallbackException failure, Answers answers) {}

        @Override
        public boolean isKeptUntilWritten() {
            return false;
        }
    }
}
