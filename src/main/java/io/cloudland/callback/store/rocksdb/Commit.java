package io.cloudland.callback.store.rocksdb;

import io.cloudland.callback.error.CallbackException;
import io.cloudland.callback.time.SteadyClock;
import io.cloudland.callback.time.TimeSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;

/**
 * Writes what is waiting as one batch, with what keeps the store within its bounds, and answers the callers. Writer only.
 */
final class Commit implements AutoCloseable {

    private static final int MAX_CHANGES = 1_024;
    private static final long MAX_BATCH_BYTES = 4L << 20;

    private final OpenStore store;
    private final Space space;
    private final Reclaimer reclaimer;
    private final LetterBounds letterBounds;
    private final AttemptLogWriter log;
    private final IntConsumer listener;
    private final WriteFailures failures;
    private final SyncPolicy sync;
    private final WriteBatch writes = new WriteBatch();
    private boolean more;
    private boolean halfMade; // Whether the change that failed last had put something already.

    /** @param listener told, after a commit, of every slot that has something new */
    Commit(
            OpenStore store,
            WriterSetting setting,
            Space space,
            Reclaimer reclaimer,
            IntConsumer listener,
            WriteFailures failures,
            SyncPolicy sync,
            TimeSource time) {
        this.store = store;
        this.space = space;
        this.reclaimer = reclaimer;
        SteadyClock clock = new SteadyClock(time);
        this.letterBounds = new LetterBounds(setting.retention(), clock, time);
        this.log = new AttemptLogWriter(store, setting, new LogRoom(space, reclaimer), clock, time);
        this.listener = listener;
        this.failures = failures;
        this.sync = sync;
    }

    /** Whether another commit has to follow though nobody wants anything: the bounds are not reached yet. */
    boolean hasMore() {
        return more;
    }

    void run(ChangeQueue queue) {
        Batch batch = begin();
        List<Change> applied = new ArrayList<>();
        Answers answers = new Answers();
        while (applied.size() < MAX_CHANGES && batch.bytes() < MAX_BATCH_BYTES) {
            Change change = queue.next();
            if (change == null) {
                break;
            }
            if (apply(change, batch, answers)) {
                applied.add(change);
            } else if (halfMade) {
                batch = applyAnew(applied, answers);
            }
        }
        write(batch, applied, answers, queue);
        answers.handOver();
        if (space.isOverMaxBytes()) { // Also where all that came in was refused for that.
            reclaimer.start(store.totals().get());
        }
    }

    private Batch begin() {
        writes.clear();
        return new Batch(store, writes);
    }

    /** Whether it is in the batch now; where not, its caller is told. */
    private boolean apply(Change change, Batch batch, Answers answers) {
        int before = writes.count();
        halfMade = false;
        try {
            change.applyTo(batch);
            return true;
        } catch (CallbackException refused) {
            change.failed(refused, answers);
        } catch (RocksDBException e) {
            change.failed(WriteFailures.unreadable(change, e), answers);
        } catch (RuntimeException | Error e) { // An error in a host's code as well: the others' changes go on.
            change.failed(CallbackException.of(e, change + " failed"), answers);
        }
        halfMade = writes.count() != before;
        return false;
    }

    /** A change that failed while it was being made leaves its first writes in the batch: without it, all begins anew. */
    private Batch applyAnew(List<Change> changes, Answers answers) {
        Batch batch = begin();
        for (int i = 0; i < changes.size(); ) {
            if (apply(changes.get(i), batch, answers)) {
                i++;
                continue;
            }
            changes.remove(i);
            if (halfMade) {
                return applyAnew(changes, answers);
            }
        }
        return batch;
    }

    private void write(Batch batch, List<Change> applied, Answers answers, ChangeQueue queue) {
        try {
            more = letterBounds.apply(batch);
            log.apply(batch);
            if (!batch.isEmpty()) {
                writeAndSync(batch);
                failures.over();
            }
            batch.published().stream().forEach(listener);
            applied.forEach(change -> change.committed(answers));
        } catch (RocksDBException e) {
            more = false;
            notWritten(batch, applied, e, answers, queue);
        }
    }

    private void writeAndSync(Batch batch) throws RocksDBException {
        boolean synced = sync.isDueFor(batch);
        batch.write(synced);
        space.wrote(batch.bytes());
        sync.wrote(synced);
    }

    /** Whether it is in the log after all is not known: nothing is acknowledged, and what is known is read anew. */
    private void notWritten(Batch batch, List<Change> applied, RocksDBException e, Answers answers, ChangeQueue queue) {
        failures.happened(e);
        store.states().clear();
        store.shares().clear();
        store.totals().set(reread(batch.totals().lastPosition()));
        List<Change> again = new ArrayList<>();
        for (Change change : applied) {
            if (change.isKeptUntilWritten()) {
                again.add(change);
            } else {
                change.failed(WriteFailures.unknown(change, e), answers);
            }
        }
        queue.keep(again);
    }

    private Totals reread(long givenAway) {
        Totals before = store.totals().get();
        try {
            return before.withKept(store.meta().totals(), givenAway);
        } catch (RocksDBException | IllegalArgumentException e) {
            return before.withKept(before, givenAway);
        }
    }

    @Override
    public void close() {
        writes.close();
    }
}
