package io.cloudland.callback.store.postgresql;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnection;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The writer's one connection, which also hears what other nodes notify. Before a new one is used the server has ended the one
 * before it: what that did is decided then, and it holds no lock. Confined to the writer's context.
 */
final class Link {

    /** Any number, the same in every build: who holds part n of the tally holds the lock (this, n). */
    private static final int TALLY_LOCK = 0x434C4354;

    private static final int PARTS = 16;

    private static final String PART =
            "select part from tally where pg_try_advisory_lock($1, hashtext($2) + part) order by part limit 1";

    private static final String ME =
            "select pid, extract(epoch from backend_start)::text from pg_stat_activity where pid = pg_backend_pid()";

    private static final String END = "select pg_terminate_backend(pid) from pg_stat_activity where pid = $1"
            + " and extract(epoch from backend_start)::text = $2";

    private static final long LOOK_MILLIS = 20;

    /** A connection as the server knows it. */
    private record Backend(int pid, String startedAt) {}

    private final Vertx vertx;
    private final StoreDatabase database;
    private final String schema;
    private final Consumer<String> notified;
    private final Runnable closed;
    private @Nullable Pool pool;
    private @Nullable SqlConnection connection;
    private @Nullable Backend backend;
    /** Of the connection before, until the server has ended it. */
    private @Nullable Backend former;

    private int part;

    /**
     * @param notified told what other nodes say
     * @param closed told when the connection is gone
     */
    Link(Vertx vertx, StoreDatabase database, String schema, Consumer<String> notified, Runnable closed) {
        this.vertx = vertx;
        this.database = database;
        this.schema = schema;
        this.notified = notified;
        this.closed = closed;
    }

    /** The connection, made anew where there is none. */
    Future<SqlConnection> get() {
        SqlConnection here = connection;
        return here != null ? Future.succeededFuture(here) : connect();
    }

    private Future<SqlConnection> connect() {
        Pool fresh = database.openSingle();
        pool = fresh;
        return fresh.getConnection()
                .compose(this::prepare)
                .timeout(database.timeout().toMillis(), TimeUnit.MILLISECONDS)
                .onSuccess(ready -> connection = ready)
                .onFailure(failure -> drop());
    }

    private Future<SqlConnection> prepare(SqlConnection fresh) {
        PgConnection.cast(fresh)
                .notificationHandler(notification -> notified.accept(notification.getPayload()))
                .exceptionHandler(ends -> {}) // Its end is heard of below; else it would be printed.
                .closeHandler(gone -> gone(fresh));
        // Acknowledged means durable, whatever the server's default is. Joins of a few given rows go by the indexes.
        return fresh.query(
                        "select set_config('synchronous_commit', 'on', false) where current_setting('synchronous_commit')"
                                + " = 'off'; set enable_hashjoin = off; set enable_mergejoin = off; listen \"" + schema
                                + "\"")
                .execute()
                .compose(set -> former == null ? Future.succeededFuture() : end(fresh, former))
                .compose(ended -> fresh.query(ME).execute())
                .compose(me -> {
                    Row row = me.iterator().next();
                    backend = new Backend(row.getInteger(0), row.getString(1));
                    return fresh.preparedQuery(PART).execute(Tuple.of(TALLY_LOCK, schema));
                })
                .map(rows -> {
                    part = rows.size() == 0
                            ? ThreadLocalRandom.current().nextInt(PARTS)
                            : rows.iterator().next().getInteger(0);
                    return fresh;
                });
    }

    /** Has it ended, and waits until it has. */
    private Future<Void> end(SqlConnection fresh, Backend which) {
        return fresh.preparedQuery(END)
                .execute(Tuple.of(which.pid(), which.startedAt()))
                .compose(found -> {
                    if (found.size() == 0) {
                        former = null;
                        return Future.succeededFuture();
                    }
                    return vertx.timer(LOOK_MILLIS).compose(rested -> end(fresh, which));
                });
    }

    private void gone(SqlConnection which) {
        if (which == connection) {
            drop();
            closed.run();
        }
    }

    /** The row of the tally that this connection adds to, best alone. */
    int part() {
        return part;
    }

    /** Lets the connection go, whatever state it is in. */
    Future<Void> drop() {
        Pool leaving = pool;
        if (connection != null) {
            former = backend;
        }
        pool = null;
        connection = null;
        // A connection that is stuck would keep the pool from closing: nobody waits for it longer than for anything
        // else.
        return leaving == null
                ? Future.succeededFuture()
                : leaving.close()
                        .timeout(database.timeout().toMillis(), TimeUnit.MILLISECONDS)
                        .otherwiseEmpty();
    }
}
