package io.cloudland.callback.store.postgresql;

import io.cloudland.callback.error.CallbackException;
import io.cloudland.callback.error.ErrorCode;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Brings the schema up to date and reads what a store has to know before it works. */
final class Opening {

    private static final String EPOCH = """
            with made as (
              insert into meta (key, value) values ('epoch', $1) on conflict do nothing returning value)
            select value from made union all select value from meta where key = 'epoch'""";

    private static final String ARRIVAL = "select coalesce(max(arrival), 0) from inbox_command where node = $1";

    private static final String TOKENS = "select token from slot_lease order by slot";

    /** After so long the database is tried again. */
    static final Duration PAUSE = Duration.ofSeconds(1);

    private final StoreDatabase database;
    private final PostgresSettings settings;
    private final String newEpoch;

    /**
     * What was found.
     *
     * @param tokens by slot
     */
    @SuppressWarnings("ArrayRecordComponent") // Read once, by index.
    record Found(String epoch, long lastArrival, long[] tokens) {}

    Opening(StoreDatabase database, PostgresSettings settings, String newEpoch) {
        this.database = database;
        this.settings = settings;
        this.newEpoch = newEpoch;
    }

    /** Tries until the database can be opened, until what keeps it from that does not pass by itself, or until {@code closing}. */
    Future<Found> run(Vertx vertx, BooleanSupplier closing, StartLog startLog) {
        return once().recover(failure -> {
                    if (closing.getAsBoolean()) {
                        return Future.failedFuture(Entrance.stopping());
                    }
                    if (!SqlFailure.passes(failure)) {
                        return Future.failedFuture(problem(failure));
                    }
                    startLog.failed(failure);
                    return vertx.timer(PAUSE.toMillis()).compose(rested -> run(vertx, closing, startLog));
                })
                .onSuccess(opened -> startLog.succeeded());
    }

    private Future<Found> once() {
        Pool pool = database.openSingle();
        return pool.getConnection()
                .compose(connection -> {
                    connection.exceptionHandler(ends -> {}); // Heard of by what was asked; else it would be printed.
                    return new Schema(settings.schema()).migrate(connection).compose(migrated -> find(connection));
                })
                .onComplete(done -> pool.close());
    }

    private Future<Found> find(SqlConnection connection) {
        Statements statements = new Statements(connection);
        var epoch = statements.send(EPOCH, Tuple.of(newEpoch));
        var arrival = statements.send(ARRIVAL, Tuple.of(settings.node()));
        var tokens = statements.send(TOKENS);
        return statements
                .answered()
                .timeout(database.timeout().toMillis(), TimeUnit.MILLISECONDS)
                .map(done -> new Found(
                        epoch.result().iterator().next().getString(0),
                        arrival.result().iterator().next().getLong(0),
                        Rows.list(tokens.result(), row -> row.getLong(0)).stream()
                                .mapToLong(Long::longValue)
                                .toArray()));
    }

    private CallbackException problem(Throwable failure) {
        return failure instanceof CallbackException ours
                ? ours
                : new CallbackException(
                        ErrorCode.STORE_FAILED,
                        "the store cannot be opened in " + database + ": " + SqlFailure.reason(failure)
                                + "; check that it runs, callback.store.uri and the password, and that the user may create"
                                + " a schema or owns this one, then start again",
                        failure);
    }
}
