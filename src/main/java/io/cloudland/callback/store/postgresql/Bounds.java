package io.cloudland.callback.store.postgresql;

import io.cloudland.callback.model.Retention;
import io.cloudland.callback.store.LetGoLog;
import io.cloudland.callback.time.SteadyClock;
import io.cloudland.callback.time.TimeSource;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Lets the oldest dead letters and attempts go that a bound does not allow, a step of them per transaction. Confined to the
 * writer's context.
 */
final class Bounds {

    private static final int STEP = 1_000;
    /** Of a log that is full so much goes at once, so that it is not done anew with every commit. */
    private static final int LOG_SHARE = 8;

    private static final String LOCK = "select 1 from meta where key = 'housekeeping' for update";

    private static final String LETTERS = """
            with oldest as (
              select position, endpoint, died_at, bytes, row_number() over w as n, sum(bytes) over w as upto
              from (select * from dead_letter order by died_at, position, endpoint limit $4::bigint) o
              window w as (order by died_at, position, endpoint)),
            total as (select sum(letters) as letters, sum(letter_bytes) as bytes from tally),
            gone as (
              delete from dead_letter d using oldest o, total t
              where d.position = o.position and d.endpoint = o.endpoint
                and (o.n <= t.letters - $1::bigint or o.upto - o.bytes < t.bytes - $2::bigint
                  or o.died_at < $3::timestamptz)
              returning d.bytes),
            counted as (
              update tally set letters = letters - (select count(*) from gone),
                letter_bytes = letter_bytes - (select coalesce(sum(bytes), 0) from gone)
              where part = $5::int)
            select count(*) from gone""";

    private static final String LOG = """
            with oldest as (
              select id, started_at, bytes, sum(bytes) over (order by id) as upto
              from (select * from attempt_log order by id limit $3::bigint) o),
            total as (select sum(log_bytes) as bytes from tally),
            gone as (
              delete from attempt_log l using oldest o, total t
              where l.id = o.id and (o.upto - o.bytes < t.bytes - $1::bigint or o.started_at < $2::timestamptz)
              returning l.bytes),
            counted as (
              update tally set log_bytes = log_bytes - (select coalesce(sum(bytes), 0) from gone) where part = $4::int)
            select count(*) from gone""";

    private static final String KEYS = """
            delete from command_key where key in (
              select key from command_key where at <= $1 order by at limit $2::bigint for update skip locked)""";

    private final Retention bounds;
    private final Duration dedupWindow;
    private final SteadyClock clock;
    private final LetGoLog letGoLog;

    Bounds(Retention bounds, Duration dedupWindow, SteadyClock clock, TimeSource time) {
        this.bounds = bounds;
        this.dedupWindow = dedupWindow;
        this.clock = clock;
        this.letGoLog = new LetGoLog(time);
    }

    /** The option that does not allow the oldest letter; empty when all is well. */
    Optional<String> brokenBy(Totals totals) {
        if (totals.letters() > bounds.maxDeadLetters()) {
            return Optional.of("callback.store.max_dead_letters");
        }
        if (totals.letterBytes() > bounds.deadLetterMaxBytes()) {
            return Optional.of("callback.store.dead_letter_max_bytes");
        }
        return totals.oldestLetter()
                .filter(died -> !bounds.deadLetterMaxAge().isZero() && died.isBefore(letterCutoff()))
                .map(died -> "callback.store.dead_letter_max_age");
    }

    private Instant letterCutoff() {
        return cutoff(bounds.deadLetterMaxAge());
    }

    /** Nothing is older than the epoch where there is no limit. */
    private Instant cutoff(Duration maxAge) {
        return maxAge.isZero() ? Instant.EPOCH : clock.now().minus(maxAge);
    }

    boolean logIsFull(Totals totals) {
        return totals.logBytes() > bounds.logMaxBytes();
    }

    /** Attempts that started before are not shown any more, whether they are still there or not. */
    Instant logCutoff() {
        return cutoff(bounds.logMaxAge());
    }

    /** Lets letters go; completes with how many. */
    Future<Long> letGoLetters(SqlConnection connection, int part, String bound) {
        Tuple parameters = Tuple.of(
                        (long) bounds.maxDeadLetters(), bounds.deadLetterMaxBytes(), Rows.time(letterCutoff()))
                .addLong((long) STEP)
                .addInteger(part);
        return step(connection, LETTERS, parameters)
                .onSuccess(gone -> letGoLog.letGo(gone, bound))
                .compose(gone -> gone < STEP
                        ? Future.succeededFuture(gone)
                        : letGoLetters(connection, part, bound).map(more -> more + gone));
    }

    /** Forgets the oldest attempts: those that are too old, and where the log is full so many that there is room again. */
    Future<Long> forgetAttempts(SqlConnection connection, int part, boolean full) {
        long down = bounds.logMaxBytes() - (full ? bounds.logMaxBytes() / LOG_SHARE : 0);
        Tuple parameters = Tuple.of(down, Rows.time(logCutoff()), (long) STEP, part);
        return step(connection, LOG, parameters)
                .compose(gone -> gone < STEP ? Future.succeededFuture(gone) : forgetAttempts(connection, part, full));
    }

    private static Future<Long> step(SqlConnection connection, String sql, Tuple parameters) {
        Statements statements = new Statements(connection);
        statements.send("begin");
        statements.send(LOCK);
        Future<RowSet<Row>> gone = statements.send(sql, parameters);
        statements.send("commit");
        return statements.answered().map(done -> gone.result().iterator().next().getLong(0));
    }

    /** Forgets commands with an id that are older than the window. */
    Future<Void> forgetKeys(SqlConnection connection) {
        return connection
                .preparedQuery(KEYS)
                .execute(Tuple.of(Rows.time(clock.untouched().minus(dedupWindow)), (long) STEP))
                .compose(gone -> gone.rowCount() < STEP ? Future.succeededFuture() : forgetKeys(connection));
    }
}
