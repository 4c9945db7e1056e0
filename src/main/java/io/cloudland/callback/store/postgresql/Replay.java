package io.cloudland.callback.store.postgresql;

import static io.cloudland.callback.store.postgresql.Rows.column;

import io.cloudland.callback.model.DeadLetterFilter;
import io.cloudland.callback.store.Replayed;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * One replay: takes dead letters in the order of their acceptance, a chunk per transaction, and makes them pending at the end of
 * their slots. Confined to the writer's context.
 */
final class Replay {

    private static final int CHUNK = 128;

    private static final String MOVE = """
            with wanted as (
              select * from unnest($1::bigint[], $2::text[]) with ordinality as w(position, endpoint, n)),
            taken as (
              delete from dead_letter d using wanted w where d.position = w.position and d.endpoint = w.endpoint
              returning d.*, w.n),
            again as (
              insert into delivery (endpoint, slot, position, resource_type, resource_id, event_id, event, content_type, headers,
                body, not_before, coalesced, coalesced_from)
              select endpoint, slot, $3::bigint + n, resource_type, resource_id, event_id, event, content_type, headers, body,
                (event ->> 'recorded_at')::timestamptz, coalesced, coalesced_from
              from taken
              returning slot, position),
            counted as (
              update tally set pending = pending + (select count(*) from taken),
                letters = letters - (select count(*) from taken),
                letter_bytes = letter_bytes - (select coalesce(sum(bytes), 0) from taken)
              where part = $4::int)
            select slot, max(position), count(*) from again group by slot""";

    /** A letter that can be taken. */
    private record Letter(long position, String endpoint, short slot) {}

    private final Commit.Setting setting;
    private final Transactions transactions;
    private final DeadLetterFilter filter;
    private final String[] endpoints;
    private final long lastPosition;
    private Letter last = new Letter(-1, "", (short) 0);
    private long count;
    private Optional<String> stopped = Optional.empty();

    /**
     * @param endpoints which are delivered to
     * @param lastPosition letters behind it died since the replay began, and are not taken again
     */
    Replay(
            Commit.Setting setting,
            Transactions transactions,
            DeadLetterFilter filter,
            List<String> endpoints,
            long lastPosition) {
        this.setting = setting;
        this.transactions = transactions;
        this.filter = filter;
        this.endpoints = endpoints.toArray(String[]::new);
        this.lastPosition = lastPosition;
    }

    Replayed result(Map<String, Long> unknownEndpoints) {
        return new Replayed(count, 0, unknownEndpoints, stopped);
    }

    /** One chunk; completes with whether there may be more. */
    Future<Boolean> chunk(SqlConnection connection, int part) {
        Statements choice = new Statements(connection);
        choice.send("begin");
        Where where = where();
        Future<RowSet<Row>> found = choice.send(
                "select position, endpoint, slot from dead_letter where " + where
                        + " order by position, endpoint limit " + CHUNK,
                where.parameters());
        return choice.answeredOrRolledBack()
                .map(done ->
                        Rows.list(found.result(), row -> new Letter(row.getLong(0), row.getString(1), row.getShort(2))))
                .compose(letters -> letters.isEmpty()
                        ? connection.query("rollback").execute().map(false)
                        : take(connection, part, letters));
    }

    private Where where() {
        Where where = Where.of(filter)
                .and("endpoint = any(%s::text[])", endpoints)
                .and("position <= %s::bigint", lastPosition);
        String after = "(position, endpoint) > (" + where.parameter(last.position()) + "::bigint, %s::text)";
        return where.and(after, last.endpoint());
    }

    private Future<Boolean> take(SqlConnection connection, int part, List<Letter> letters) {
        Statements lock = new Statements(connection);
        Short[] slots = letters.stream().map(Letter::slot).distinct().toArray(Short[]::new);
        lock.send(ViewStatements.LOCK, Tuple.tuple().addValue(slots));
        Future<RowSet<Row>> block = lock.send(ViewStatements.DRAW);
        Future<RowSet<Row>> totals = lock.send(Totals.SQL);
        return lock.answeredOrRolledBack().compose(locked -> {
            List<Letter> fitting = fitting(letters, Totals.of(totals.result()));
            return move(connection, part, fitting, ViewStatements.firstPosition(block.result()))
                    .map(moved -> stopped.isEmpty() && letters.size() == CHUNK);
        });
    }

    private List<Letter> fitting(List<Letter> letters, Totals totals) {
        long queueSize = setting.settings().queueSize();
        int room = (int) Math.max(0, Math.min(letters.size(), queueSize - totals.claimed()));
        if (room < letters.size()) {
            stopped = Optional.of(
                    (totals.claimed() + room) + " deliveries are waiting and queue_size allows " + queueSize);
        }
        return letters.subList(0, room);
    }

    private Future<Void> move(SqlConnection connection, int part, List<Letter> letters, long firstPosition) {
        Statements move = new Statements(connection);
        Future<RowSet<Row>> moved = move.send(
                MOVE,
                Tuple.tuple()
                        .addValue(column(letters, Long[]::new, Letter::position))
                        .addValue(column(letters, String[]::new, Letter::endpoint))
                        .addLong(firstPosition)
                        .addInteger(part));
        return move.answeredOrRolledBack().compose(done -> tell(connection, letters, moved.result()));
    }

    private Future<Void> tell(SqlConnection connection, List<Letter> letters, RowSet<Row> moved) {
        SortedMap<Integer, Long> positions = new TreeMap<>();
        moved.forEach(row -> positions.put(row.getInteger(0), row.getLong(1)));
        long taken = Rows.list(moved, row -> row.getLong(2)).stream()
                .mapToLong(Long::longValue)
                .sum();
        Statements end = new Statements(connection);
        end.send(KeepStatements.POSITIONS, KeepStatements.positions(positions));
        setting.wakeup().notify(end, positions);
        Future<RowSet<Row>> totals = end.send(Totals.SQL);
        end.send("commit");
        return end.answered()
                .compose(done -> {
                    count += taken;
                    last = letters.isEmpty() ? last : letters.get(letters.size() - 1);
                    return transactions.published(connection, Totals.of(totals.result()), RunCounts.ofReplayed(taken));
                })
                .onSuccess(published -> setting.wakeup().committed(positions.keySet()));
    }
}
