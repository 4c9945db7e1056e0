package io.cloudland.callback.store.postgresql;

import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.List;

/**
 * Statements sent one behind the other without waiting for answers: one round trip for all. Once one has failed, the server
 * refuses the rest of the transaction, and its commit rolls back. Confined to the writer's context.
 */
final class Statements {

    private final SqlConnection connection;
    private final List<Future<RowSet<Row>>> sent = new ArrayList<>();

    Statements(SqlConnection connection) {
        this.connection = connection;
    }

    /** Sends one without parameters. */
    Future<RowSet<Row>> send(String sql) {
        return noted(connection.query(sql).execute());
    }

    Future<RowSet<Row>> send(String sql, Tuple parameters) {
        return noted(connection.preparedQuery(sql).execute(parameters));
    }

    private Future<RowSet<Row>> noted(Future<RowSet<Row>> answer) {
        sent.add(answer);
        return answer;
    }

    /** Completes when all that was sent is answered; fails with what failed first. */
    Future<Void> answered() {
        return Future.join(sent)
                .transform(all -> sent.stream()
                        .filter(Future::failed)
                        .findFirst()
                        .<Future<Void>>map(first -> Future.failedFuture(first.cause()))
                        .orElseGet(Future::succeededFuture));
    }

    /** {@link #answered}, and where that fails a transaction that may still be open is rolled back first. */
    Future<Void> answeredOrRolledBack() {
        return answered()
                .recover(failure ->
                        connection.query("rollback").execute().transform(rolledBack -> Future.failedFuture(failure)));
    }
}
