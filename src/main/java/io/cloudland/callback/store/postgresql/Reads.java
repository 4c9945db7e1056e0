package io.cloudland.callback.store.postgresql;

import io.cloudland.callback.error.CallbackException;
import io.cloudland.callback.error.ErrorCode;
import io.cloudland.callback.time.TimeSource;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/** Reads on the pool's connections. May be used from any context; futures complete on the caller's. */
final class Reads {

    private final Vertx vertx;
    private final Pool pool;
    private final StoreDatabase database;
    private final Outage outage;
    private final BooleanSupplier closing;
    private final TimeSource time;

    Reads(Vertx vertx, Pool pool, StoreDatabase database, Outage outage, BooleanSupplier closing, TimeSource time) {
        this.time = time;
        this.vertx = vertx;
        this.pool = pool;
        this.database = database;
        this.outage = outage;
        this.closing = closing;
    }

    /**
     * What a query finds.
     *
     * @param what for messages: completes "the store could not read"
     */
    <T> Future<List<T>> list(String what, String sql, Tuple parameters, Function<Row, T> read) {
        return ask(sql, parameters)
                .map(rows -> Rows.list(rows, read))
                .recover(failure -> Future.failedFuture(failed(what, failure)));
    }

    private Future<RowSet<Row>> ask(String sql, Tuple parameters) {
        return pool.preparedQuery(sql)
                .execute(parameters)
                .timeout(database.timeout().toMillis() * 2, TimeUnit.MILLISECONDS);
    }

    private static CallbackException failed(String what, Throwable failure) {
        return failure instanceof CallbackException ours
                ? ours
                : new CallbackException(
                        ErrorCode.STORE_FAILED,
                        "the store could not read " + what + ": " + SqlFailure.reason(failure)
                                + "; ask again, with a narrower filter where it took too long",
                        failure);
    }

    /** The same for a worker, that has nothing else to do than to wait: it hears when the database is back. */
    <T> Future<List<T>> patiently(String what, String sql, Tuple parameters, Function<Row, T> read) {
        return askPatiently(what, sql, parameters)
                .map(rows -> Rows.list(rows, read))
                .recover(failure -> Future.failedFuture(failed(what, failure)));
    }

    /** The same for as long as a command may wait. */
    <T> Future<List<T>> patientlyFor(Duration wait, String what, String sql, Tuple parameters, Function<Row, T> read) {
        long since = time.nanoTime();
        return ask(sql, parameters)
                .recover(failure -> again(failure, what, sql, parameters, () -> hasPassed(since, wait)))
                .map(rows -> Rows.list(rows, read))
                .recover(failure -> Future.failedFuture(failed(what, failure)));
    }

    private boolean hasPassed(long since, Duration wait) {
        return time.nanoTime() - since >= wait.toNanos();
    }

    private Future<RowSet<Row>> askPatiently(String what, String sql, Tuple parameters) {
        return ask(sql, parameters).recover(failure -> again(failure, what, sql, parameters, () -> false));
    }

    private Future<RowSet<Row>> again(
            Throwable failure, String what, String sql, Tuple parameters, BooleanSupplier over) {
        if (closing.getAsBoolean()) {
            return Future.failedFuture(Entrance.stopping());
        }
        if (SqlFailure.of(failure) != SqlFailure.AWAY || SqlFailure.isMisfit(failure)) {
            return Future.failedFuture(failed(what, failure));
        }
        outage.happened(failure);
        return over.getAsBoolean()
                ? Future.failedFuture(failure)
                : rest().compose(rested -> ask(sql, parameters))
                        .recover(again -> again(again, what, sql, parameters, over));
    }

    private Future<Void> rest() {
        Promise<Void> rested = Promise.promise();
        vertx.setTimer(Writer.PAUSE.toMillis(), fired -> rested.complete());
        return rested.future();
    }
}
