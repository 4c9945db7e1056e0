package io.cloudland.callback.store.postgresql;

import io.cloudland.callback.error.CallbackException;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.SqlConnection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Writes what the callers want, in the order they called, one transaction at a time: whatever has come in meanwhile goes into the
 * next. While the database is away it tries to reach it again and again; how deliveries ended waits for that, all else as long
 * as its {@link Patience} lasts. A commit whose answer got lost is asked about before anything else is written. Taken in on any thread, confined to its context from there on.
 */
final class Writer {

    /** After so long the database is tried again. */
    static final Duration PAUSE = Duration.ofMillis(500);

    private static final Duration SWEEP = Duration.ofMillis(250);

    /** So often another transaction may be in the way before it counts as an outage. */
    private static final int MOST_REPEATS = 20;

    private final Vertx vertx;
    private final Context home;
    private final StoreDatabase database;
    private final Link link;
    private final Transactions transactions;
    private final Patience patience;
    private final Outage outage;
    private final ChangeQueue queue = new ChangeQueue();
    private final AtomicBoolean woken = new AtomicBoolean();
    private final Promise<Void> ended = Promise.promise();
    private @Nullable Doubt doubt;
    private long sweeper = -1;
    private boolean busy;
    private int repeats;
    private volatile boolean stopping;

    /** @param home where it lives */
    Writer(
            Vertx vertx,
            Context home,
            StoreDatabase database,
            Link link,
            Transactions transactions,
            Patience patience,
            Outage outage) {
        this.patience = patience;
        this.vertx = vertx;
        this.home = home;
        this.database = database;
        this.link = link;
        this.transactions = transactions;
        this.outage = outage;
    }

    /** Takes an append in; false when too many are waiting already. Any thread. */
    boolean offer(Append append) {
        patience.begins(append);
        boolean taken = queue.offer(append);
        wake();
        return taken;
    }

    /** Takes a change in, whatever is waiting. Any thread. */
    void submit(Change change) {
        patience.begins(change);
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
        Doubt open = doubt;
        if (open != null) {
            settle(open);
            return;
        }
        List<Change> batch = queue.take();
        if (batch.isEmpty()) {
            endWhenStopping();
            return;
        }
        busy = true;
        link.get().compose(connection -> write(connection, batch)).onComplete(written -> {
            if (written.succeeded()) {
                succeeded(batch);
            } else {
                failed(batch, written.cause());
            }
        });
    }

    private Future<Void> write(SqlConnection connection, List<Change> batch) {
        return batch.get(0) instanceof Job<?> job
                ? job.run(connection).timeout(database.answerLimit().toMillis(), TimeUnit.MILLISECONDS)
                : transactions.run(connection, link.part(), batch);
    }

    private void settle(Doubt open) {
        busy = true;
        link.get().compose(connection -> transactions.settle(connection, open)).onComplete(settled -> {
            if (settled.succeeded()) {
                settled(open, settled.result());
            } else {
                away(List.of(), settled.cause());
            }
        });
    }

    private void settled(Doubt open, boolean kept) {
        doubt = null;
        if (kept) {
            open.entries().forEach(Change::committed);
        } else {
            open.entries().forEach(Entry::outOfDoubt);
            queue.putBack(open.entries().stream()
                    .filter(entry -> !entry.isGivenUp())
                    .<Change>map(entry -> entry)
                    .toList());
        }
        goOn();
    }

    private void succeeded(List<Change> batch) {
        outage.over();
        vertx.cancelTimer(sweeper);
        sweeper = -1;
        repeats = 0;
        batch.forEach(Change::committed);
        goOn();
    }

    private void goOn() {
        busy = false;
        wake();
    }

    private void failed(List<Change> batch, Throwable failure) {
        Optional<Doubt> opened = transactions.takeDoubt();
        if (failure instanceof CallbackException refused) {
            batch.forEach(change -> change.failed(refused));
            goOn();
            return;
        }
        SqlFailure kind = repeats < MOST_REPEATS ? SqlFailure.of(failure) : SqlFailure.AWAY;
        switch (kind) {
            case IN_THE_WAY -> repeat(batch);
            case REFUSED -> refused(batch, failure);
            case AWAY -> {
                opened.ifPresent(this::doubtful);
                away(opened.isEmpty() ? batch : endings(batch), failure);
            }
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

    private void doubtful(Doubt opened) {
        doubt = opened;
        opened.entries().forEach(Entry::inDoubt);
    }

    private static List<Change> endings(List<Change> batch) {
        return batch.stream().filter(change -> !(change instanceof Entry)).toList();
    }

    private void away(List<Change> batch, Throwable failure) {
        repeats = 0;
        outage.happened(failure);
        link.drop();
        batch.forEach(Change::mayBeWritten);
        queue.putBack(batch);
        refuseImpatient(failure);
        if (stopping) {
            giveUp(failure);
        } else if (sweeper == -1) {
            sweeper = vertx.setPeriodic(SWEEP.toMillis(), swept -> refuseImpatient(failure));
        }
        vertx.setTimer(PAUSE.toMillis(), rested -> tryAgain());
    }

    private void refuseImpatient(Throwable failure) {
        List<Change> impatient = new ArrayList<>(queue.takeImpatient(patience::isOver));
        if (doubt != null) {
            doubt.entries().stream()
                    .filter(entry -> !entry.isGivenUp() && patience.isOver(entry))
                    .forEach(impatient::add);
        }
        for (Change change : impatient) {
            change.notWritten(failure);
            if (change instanceof Entry) {
                outage.refused();
            }
        }
    }

    private void giveUp(Throwable failure) {
        vertx.cancelTimer(sweeper);
        queue.takeAll().forEach(change -> change.failed(Entrance.stopping()));
        if (doubt != null) {
            doubt.entries().forEach(entry -> entry.notWritten(failure));
            doubt = null;
        }
    }

    /** Also where nothing waits: whoever reads wants to know that the database is back. */
    private void tryAgain() {
        if (!stopping) {
            queue.submit(transactions.look());
        } else {
            vertx.cancelTimer(sweeper);
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
