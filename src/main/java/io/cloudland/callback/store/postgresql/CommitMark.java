package io.cloudland.callback.store.postgresql;

import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;

/**
 * The number of the last commit of this store, kept in that commit: it tells whether one happened whose answer got lost. The
 * connection that sent it must have ended before it is asked for, see {@link Link}.
 *
 * @param writer a name of this store that no other has
 */
record CommitMark(String writer) {

    private static final String PUT = """
            insert into commit_mark (writer, number) values ($1::text, $2::bigint)
            on conflict (writer) do update set number = excluded.number, at = now()""";

    private static final String GET = "select number from commit_mark where writer = $1";

    /** Whoever wrote nothing for so long has no question left. */
    private static final String FORGET = "delete from commit_mark where at < now() - interval '1 day'";

    void put(Statements statements, long number) {
        statements.send(PUT, Tuple.of(writer, number));
    }

    Future<Boolean> isCommitted(SqlConnection connection, long number) {
        return connection
                .preparedQuery(GET)
                .execute(Tuple.of(writer))
                .map(rows -> rows.size() > 0 && rows.iterator().next().getLong(0) == number);
    }

    static Future<Void> forget(SqlConnection connection) {
        return connection.preparedQuery(FORGET).execute().mapEmpty();
    }
}
