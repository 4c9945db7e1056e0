package io.cloudland.callback.store.postgresql;

import io.cloudland.callback.cluster.LeaseTable;
import io.cloudland.callback.cluster.LeaseView;
import io.cloudland.callback.cluster.NodeId;
import io.cloudland.callback.error.CallbackException;
import io.cloudland.callback.error.ErrorCode;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/**
 * The nodes and their slots, in the schema of a store that is open. On a connection of its own, so that neither reads nor commits
 * can make a node late. The clock is the server's.
 */
public final class PostgresLeaseTable implements LeaseTable {

    private static final String REPLACE = "delete from cluster_node where name = $1 and id <> $2";

    private static final String JOIN = """
            insert into cluster_node (id, name, alive_until)
            values ($1, $2, clock_timestamp() + $3::bigint * interval '1 millisecond')
            on conflict (id) do update set alive_until = excluded.alive_until""";

    private static final String RENEW = """
            update cluster_node set alive_until = clock_timestamp() + $2::bigint * interval '1 millisecond'
            where id = $1""";

    // A row that is just being renewed is locked, and passed over: whoever renews it is alive.
    private static final String BURY = """
            delete from cluster_node where id in (
              select id from cluster_node where alive_until < clock_timestamp() for update skip locked)""";

    private static final String NODES = "select id from cluster_node";
    private static final String SLOTS = "select slot, token, owner from slot_lease";

    private static final String CLAIM = """
            update slot_lease l set owner = $1, token = l.token + 1
            from (select slot from slot_lease
                  where slot = any($2::smallint[]) and owner is null order by slot for update) free
            where l.slot = free.slot and exists (select from cluster_node where id = $1)
            returning l.slot, l.token""";

    private static final String RELEASE =
            "update slot_lease set owner = null where slot = any($2::smallint[]) and owner = $1";

    private static final String LEAVE = "delete from cluster_node where id = $1";

    private final StoreDatabase database;
    private final Duration limit;
    private volatile Pool pool;

    /**
     * A table in the database of these settings; nothing is connected yet.
     *
     * @param limit how long a question may take, shorter than a lease
     */
    public PostgresLeaseTable(Vertx vertx, PostgresSettings settings, Duration limit) {
        this.database = new StoreDatabase(vertx, settings);
        this.limit = limit;
        this.pool = database.openSingle();
    }

    @Override
    public Future<Void> join(NodeId node, Duration lease) {
        return transaction(statements -> {
                    statements.send(REPLACE, Tuple.of(node.name(), node.toString()));
                    return statements.send(JOIN, Tuple.of(node.toString(), node.name(), lease.toMillis()));
                })
                .mapEmpty();
    }

    @Override
    public Future<LeaseView> beat(NodeId node, Duration lease) {
        return transaction(statements -> {
            statements.send(RENEW, Tuple.of(node.toString(), lease.toMillis()));
            statements.send(BURY);
            Future<RowSet<Row>> nodes = statements.send(NODES);
            return statements.send(SLOTS).map(slots -> view(nodes.result(), slots));
        });
    }

    private static LeaseView view(RowSet<Row> nodes, RowSet<Row> slots) {
        Map<Integer, NodeId> owners = new HashMap<>();
        Map<Integer, Long> tokens = new HashMap<>();
        for (Row row : slots) {
            tokens.put(row.getInteger(0), row.getLong(1));
            if (row.getString(2) != null) {
                owners.put(row.getInteger(0), NodeId.of(row.getString(2)));
            }
        }
        return new LeaseView(
                StreamSupport.stream(nodes.spliterator(), false)
                        .map(row -> NodeId.of(row.getString(0)))
                        .collect(Collectors.toSet()),
                owners,
                tokens);
    }

    @Override
    public Future<Map<Integer, Long>> claim(NodeId node, BitSet slots) {
        return transaction(statements -> statements.send(CLAIM, Tuple.of(node.toString(), (Object) numbers(slots))))
                .map(got -> StreamSupport.stream(got.spliterator(), false)
                        .collect(Collectors.toMap(row -> row.getInteger(0), row -> row.getLong(1))));
    }

    @Override
    public Future<Void> release(NodeId node, BitSet slots) {
        return transaction(statements -> statements.send(RELEASE, Tuple.of(node.toString(), (Object) numbers(slots))))
                .mapEmpty();
    }

    @Override
    public Future<Void> leave(NodeId node) {
        return transaction(statements -> statements.send(LEAVE, Tuple.of(node.toString())))
                .mapEmpty();
    }

    private static Short[] numbers(BitSet slots) {
        return slots.stream().mapToObj(slot -> (short) slot).toArray(Short[]::new);
    }

    /** All of it in one round trip; what it answers is known to be committed. */
    private <T> Future<T> transaction(Function<Statements, Future<T>> work) {
        Pool used = pool;
        return used.withConnection(connection -> run(connection, work))
                .timeout(limit.toMillis(), TimeUnit.MILLISECONDS)
                .recover(failure -> Future.failedFuture(problem(used, failure)));
    }

    private static <T> Future<T> run(SqlConnection connection, Function<Statements, Future<T>> work) {
        Statements statements = new Statements(connection);
        statements.send("begin");
        Future<T> answer = work.apply(statements);
        statements.send("commit");
        return statements.answeredOrRolledBack().compose(committed -> answer);
    }

    private CallbackException problem(Pool used, Throwable failure) {
        renew(used);
        return new CallbackException(
                ErrorCode.STORE_FAILED, "the leases in " + database + ": " + SqlFailure.reason(failure), failure);
    }

    /** A connection that does not answer would be waited for again and again: the next question gets a new one. */
    private synchronized void renew(Pool used) {
        if (pool == used) {
            pool = database.openSingle();
            used.close();
        }
    }

    /** Gives the connection back. */
    public Future<Void> close() {
        return pool.close().timeout(limit.toMillis(), TimeUnit.MILLISECONDS).otherwiseEmpty();
    }
}
