package io.cloudland.callback.store.postgresql;

import io.cloudland.callback.error.CallbackException;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.SqlConnection;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Writes what the callers want, in the order they called, one transaction at a time: whatever has come in meanwhile goes into the
 * next. While the database is away it tries to reach it again and again; how deliveries ended waits for that, all else is
 * refused. Taken in on any thread, confined to its context from there on.
 */
final class Writer {

    /** After so long the database is tried again. */
    static final Duration PAUSE = Duration.ofMillis(500);

    /** So often another transaction may be in the way before it counts as an outage. */
    private static final int MOST_REPEATS = 20;

    private final Vertx vertx;
    private final Context home;
    private final StoreDatabase database;
    private final Link link;
    private final Transactions transactions;
    private final Outage outage;
    private final ChangeQueue queue = new ChangeQueue();
    private final AtomicBoolean woken = new AtomicBoolean();
    private final Promise<Void> ended = Promise.promise();
    private boolean busy;
    private int repeats;
    private volatile boolean stopping;

    /** @param home where it lives */
    Writer(Vertx vertx, Context home, StoreDatabase database, Link link, Transactions transactions, Outage outage) {
        this.vertx = vertx;
        this.home = home;
        this.database = database;
        this.link = link;
        this.transactions = transactions;
        this.outage = outage;
    }

    /** Takes an append in; false when too many are waiting already. Any thread. */
    boolean offer(Append append) {
        boolean taken = queue.offer(append);
        wake();
        return taken;
    }

    /** Takes a change in, whatever is waiting. Any thread. */
    void submit(Change change) {
        queue.submit(change);
        wake();
    }

    private void wake() {
        if (woken.compareAndSet(false, true)) {
            home.runOnContext(ignored -> next());
        }
    }

    private void next() {
        woken.set(false);
        if (busy) {
            return;
        }
        List<Change> batch = queue.take();
        if (batch.isEmpty()) {
            endWhenStopping();
            return;
        }
        busy = true;
        link.get()
                .compose(connection -> write(connection, batch))
                .timeout(database.timeout().multipliedBy(2).toMillis(), TimeUnit.MILLISECONDS)
                .onComplete(written -> {
                    if (written.succeeded()) {
                        succeeded(batch);
                    } else {
                        failed(batch, written.cause());
                    }
                });
    }

    private Future<Void> write(SqlConnection connection, List<Change> batch) {
        return batch.get(0) instanceof Job<?> job
                ? job.run(connection)
                : transactions.run(connection, link.part(), batch);
    }

    private void succeeded(List<Change> batch) {
        outage.over();
        repeats = 0;
        batch.forEach(Change::committed);
        goOn();
    }

    private void goOn() {
        busy = false;
        wake();
    }

    private void failed(List<Change> batch, Throwable failure) {
        if (failure instanceof CallbackException refused) {
            batch.forEach(change -> change.failed(refused));
            goOn();
            return;
        }
        SqlFailure kind = repeats < MOST_REPEATS ? SqlFailure.of(failure) : SqlFailure.AWAY;
        switch (kind) {
            case IN_THE_WAY -> repeat(batch);
            case REFUSED -> refused(batch, failure);
            case AWAY -> away(batch, failure);
        }
    }

    private void repeat(List<Change> batch) {
        repeats++;
        queue.putBack(batch);
        goOn();
    }

    /** A value that the database does not take spoils the whole transaction: alone it spoils nothing but its own. */
    private void refused(List<Change> batch, Throwable failure) {
        if (batch.size() == 1) {
            batch.forEach(change -> change.notWritten(failure));
        } else {
            queue.putBackAlone(batch);
        }
        goOn();
    }

    private void away(List<Change> batch, Throwable failure) {
        repeats = 0;
        outage.happened(failure);
        link.drop();
        batch.forEach(Change::mayBeWritten);
        queue.putBack(batch);
        queue.takeImpatient().forEach(change -> change.notWritten(failure));
        if (stopping) {
            queue.takeAll().forEach(change -> change.failed(Entrance.stopping()));
        }
        vertx.setTimer(PAUSE.toMillis(), rested -> tryAgain());
    }

    /** Also where nothing waits: whoever reads wants to know that the database is back. */
    private void tryAgain() {
        if (!stopping) {
            queue.submit(transactions.look());
        }
        goOn();
    }

    /** The connection is gone while nothing was written. */
    void disconnected() {
        if (!busy && !stopping) {
            submit(transactions.look());
        }
    }

    private void endWhenStopping() {
        if (stopping) {
            link.drop().onComplete(dropped -> ended.tryComplete());
        }
    }

    /** Completes once everything that is waiting has been written, or cannot be. Any thread. */
    Future<Void> stop() {
        stopping = true;
        wake();
        return ended.future();
    }
}
