package io.cloudland.callback.lookup;

import io.cloudland.callback.model.CommandMessage;
import io.cloudland.callback.model.ResourceLocator;
import io.cloudland.callback.model.ResourceSnapshot;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowIterator;
import io.vertx.sqlclient.RowSet;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The lookup that reads CloudLand's own PostgreSQL, where the row shows the new state by the time the command is known.
 *
 * <p>Soft-deleted rows are answers too: nothing knows better what was deleted. Types without a table, and rows without a
 * uuid, are not known here. May be used from any context; futures complete on the caller's.
 */
final class PostgresLookup implements ResourceLookup {

    private static final Logger LOG = LoggerFactory.getLogger(PostgresLookup.class);

    private final Pool pool;
    private final String source;
    private final Duration timeout;

    PostgresLookup(Vertx vertx, CloudLandDatabase database) {
        this.pool = database.open(vertx);
        this.source = database.toString();
        this.timeout = database.timeout();
    }

    @Override
    public Future<Optional<ResourceSnapshot>> find(ResourceLocator locator, CommandMessage command) {
        Optional<SnapshotQuery> query = SnapshotQuery.of(locator);
        return query.isPresent() ? ask(query.get(), locator, command) : Future.succeededFuture(Optional.empty());
    }

    private Future<Optional<ResourceSnapshot>> ask(
            SnapshotQuery query, ResourceLocator locator, CommandMessage command) {
        return pool.preparedQuery(query.sql())
                .execute(SnapshotQuery.arguments(locator))
                .timeout(timeout.toMillis(), TimeUnit.MILLISECONDS)
                .recover(failure ->
                        Future.failedFuture(LookupFailures.unavailable(source, locator, command, reason(failure))))
                .map(rows -> read(rows, query, locator));
    }

    private static Optional<ResourceSnapshot> read(RowSet<Row> rows, SnapshotQuery query, ResourceLocator locator) {
        RowIterator<Row> iterator = rows.iterator();
        if (!iterator.hasNext()) {
            return Optional.empty();
        }
        Optional<ResourceSnapshot> snapshot = query.read(iterator.next(), locator.type());
        if (snapshot.isEmpty()) {
            LOG.debug("{} has a row without a uuid: it counts as unknown", locator);
        }
        return snapshot;
    }

    private String reason(Throwable failure) {
        if (failure instanceof TimeoutException) {
            return "nothing came within " + timeout.toMillis() + " ms";
        }
        if (failure instanceof PgException refused) {
            return reason(refused);
        }
        if (failure instanceof LinkageError) {
            return "the PostgreSQL client does not fit this Vert.x, put the vertx-pg-client of Vert.x's own version on the"
                    + " class path (" + failure + ")";
        }
        return String.valueOf(failure.getMessage());
    }

    /** The server's own words; class 42 means that what we ask for is not there, or not for us. */
    private static String reason(PgException refused) {
        String words = refused.getErrorMessage() + " (SQLSTATE " + refused.getSqlState() + ")";
        return refused.getSqlState() != null && refused.getSqlState().startsWith("42")
                ? "its schema is not what this service reads: " + words
                        + "; check the tables, their columns, and that the user may select from them"
                : words;
    }

    @Override
    public Future<Void> close() {
        // A connection that is stuck in its login would keep the pool from closing.
        return pool.close().timeout(timeout.toMillis(), TimeUnit.MILLISECONDS).otherwiseEmpty();
    }
}
