package io.cloudland.callback.store.postgresql;

import io.cloudland.callback.model.AttemptFilter;
import io.cloudland.callback.model.DeadLetter;
import io.cloudland.callback.model.DeadLetterFilter;
import io.cloudland.callback.model.Delivery;
import io.cloudland.callback.model.DeliveryFilter;
import io.cloudland.callback.model.LoggedAttempt;
import io.cloudland.callback.store.DeliveryRecords;
import io.cloudland.callback.store.Replayed;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;

/** {@link DeliveryRecords} of the {@link PostgresEventStore}: of all nodes, from any node. */
final class PostgresRecords implements DeliveryRecords {

    private static final int PURGE_STEP = 5_000;

    private final Entrance entrance;

    PostgresRecords(Entrance entrance) {
        this.entrance = entrance;
    }

    @Override
    public Future<List<DeadLetter>> deadLetters(DeadLetterFilter filter, int limit) {
        return entrance.whenOpen(rooms -> {
            Where where = Where.of(filter);
            String sql = "select " + Rows.LETTER_COLUMNS + " from dead_letter d where " + where
                    + " order by d.died_at desc, position desc, endpoint desc limit " + limit;
            return rooms.reads().list("the dead letters", sql, where.parameters(), Rows::letter);
        });
    }

    @Override
    public Future<List<Delivery>> deliveries(DeliveryFilter filter, int limit) {
        return entrance.whenOpen(rooms -> {
            Where where = Where.of(filter);
            String sql = "select " + Rows.DELIVERY_COLUMNS + " from delivery where " + where
                    + " order by position, endpoint limit " + limit;
            return rooms.reads().list("the open deliveries", sql, where.parameters(), Rows::delivery);
        });
    }

    @Override
    public Future<List<LoggedAttempt>> attempts(AttemptFilter filter, int limit) {
        return entrance.whenOpen(rooms -> {
            Where where = Where.of(filter, rooms.bounds().logCutoff());
            String sql = "select * from attempt_log where " + where + " order by id desc limit " + limit;
            return rooms.reads().list("the delivery log", sql, where.parameters(), Rows::logged);
        });
    }

    @Override
    public Future<Replayed> replay(DeadLetterFilter filter, Predicate<String> endpoint) {
        return entrance.whenOpen(rooms -> {
            Where where = Where.of(filter);
            String sql =
                    "select endpoint, count(*), max(position) from dead_letter where " + where + " group by endpoint";
            return rooms.reads()
                    .list("the dead letters", sql, where.parameters(), Found::of)
                    .compose(found -> replay(rooms, filter, endpoint, found));
        });
    }

    /** How many letters match for an endpoint, and the position of the last of them. */
    private record Found(String endpoint, long count, long lastPosition) {
        static Found of(Row row) {
            return new Found(row.getString(0), row.getLong(1), row.getLong(2));
        }
    }

    private static Future<Replayed> replay(
            Rooms rooms, DeadLetterFilter filter, Predicate<String> endpoint, List<Found> found) {
        Map<String, Long> unknown = new TreeMap<>();
        found.stream()
                .filter(one -> !endpoint.test(one.endpoint()))
                .forEach(one -> unknown.put(one.endpoint(), one.count()));
        List<String> known =
                found.stream().map(Found::endpoint).filter(endpoint).toList();
        long last = found.stream().mapToLong(Found::lastPosition).max().orElse(-1);
        Replay replay = new Replay(rooms.setting(), rooms.transactions(), filter, known, last);
        return chunks(rooms, replay).map(done -> replay.result(unknown));
    }

    private static Future<Void> chunks(Rooms rooms, Replay replay) {
        Job<Boolean> chunk = new Job<>(
                "a part of a replay",
                connection -> replay.chunk(connection, rooms.part().getAsInt()));
        rooms.writer().submit(chunk);
        return chunk.future().compose(more -> more ? chunks(rooms, replay) : Future.succeededFuture());
    }

    @Override
    public Future<Long> purge(DeadLetterFilter filter) {
        return entrance.whenOpen(rooms -> purge(rooms, filter));
    }

    private static Future<Long> purge(Rooms rooms, DeadLetterFilter filter) {
        Job<Long> step = new Job<>("a part of a purge", connection -> purgeStep(rooms, connection, filter));
        rooms.writer().submit(step);
        return step.future()
                .compose(gone -> gone < PURGE_STEP
                        ? Future.succeededFuture(gone)
                        : purge(rooms, filter).map(more -> more + gone));
    }

    private static Future<Long> purgeStep(Rooms rooms, SqlConnection connection, DeadLetterFilter filter) {
        Where where = Where.of(filter);
        String part = where.parameter(rooms.part().getAsInt());
        Statements statements = new Statements(connection);
        statements.send("begin");
        Future<RowSet<Row>> gone = statements.send(purgeSql(where, part), where.parameters());
        Future<RowSet<Row>> totals = statements.send(Totals.SQL, Tuple.tuple());
        statements.send("commit");
        return statements.answered().compose(done -> {
            long count = gone.result().iterator().next().getLong(0);
            return rooms.transactions()
                    .published(connection, Totals.of(totals.result()), RunCounts.ofPurged(count))
                    .map(published -> count);
        });
    }

    private static String purgeSql(Where where, String part) {
        return String.format(Locale.ROOT, """
            with gone as (
              delete from dead_letter where ctid = any(array(
                select ctid from dead_letter where %s limit %d))
              returning bytes),
            counted as (
              update tally set letters = letters - (select count(*) from gone),
                letter_bytes = letter_bytes - (select coalesce(sum(bytes), 0) from gone)
              where part = %s::int)
            select count(*) from gone""", where, PURGE_STEP, part);
    }
}
