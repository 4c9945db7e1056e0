package io.cloudland.callback.store.postgresql;

import static io.cloudland.callback.store.postgresql.Rows.column;

import io.cloudland.callback.model.Coalesced;
import io.cloudland.callback.model.Delivery;
import io.cloudland.callback.model.LoggedAttempt;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** One open delivery stands for older ones from now on, which end. */
final class Coalesce extends Ending {

    private static final String SQL = """
            with lease as (select slot from slot_lease where slot = $2::int and token = $4::bigint),
            standing as (
              update delivery d set coalesced = $5::bigint, coalesced_from = $6::bigint from lease l
              where d.endpoint = $1::text and d.slot = l.slot and d.position = $3::bigint
              returning d.slot),
            gone as (
              delete from delivery d
              using standing s, unnest($7::bigint[], $8::text[], $9::bigint[], $10::text[])
                as g(position, event_id, sequence, attempt)
              where d.endpoint = $1::text and d.slot = s.slot and d.position = g.position
              returning d.endpoint, d.resource_type, d.resource_id, g.*),
            logged as (
              insert into attempt_log (event_id, endpoint, resource_type, resource_id, sequence, started_at, became, attempt,
                bytes)
              select event_id, endpoint, resource_type, resource_id, sequence, $11::timestamptz, 'COALESCED', attempt::json,
                octet_length(attempt) + 150 from gone where $12::boolean order by sequence
              returning bytes),
            counted as (
              update tally set pending = pending - (select count(*) from gone),
                log_bytes = log_bytes + (select coalesce(sum(bytes), 0) from logged)
              where part = $13::int)
            select count(*) from gone""";

    private final End.Place standing;
    private final Coalesced coalesced;
    private final List<LoggedAttempt> logged;
    private final List<End.Place> merged;
    private final Instant now;

    Coalesce(Delivery standing, long token, List<Delivery> merged, Instant now) {
        super(standing.resource().slot(), token);
        this.standing = End.Place.of(standing);
        this.coalesced = standing.coalesced();
        this.merged = merged.stream().map(End.Place::of).toList();
        this.logged = merged.stream()
                .map(one -> LoggedAttempt.coalesced(one, standing, now))
                .toList();
        this.now = now;
    }

    @Override
    List<End.Place> ends() {
        List<End.Place> all = new ArrayList<>(merged);
        all.add(standing);
        return all;
    }

    /** Sends it; the answer is how many ended. */
    Future<RowSet<Row>> send(Statements statements, boolean logs, int part) {
        return statements.send(
                SQL,
                Tuple.of(standing.endpoint(), standing.slot(), standing.position())
                        .addLong(token())
                        .addLong(coalesced.count())
                        .addLong(coalesced.from())
                        .addValue(column(merged, Long[]::new, End.Place::position))
                        .addValue(column(logged, String[]::new, LoggedAttempt::eventId))
                        .addValue(column(logged, Long[]::new, LoggedAttempt::sequence))
                        .addValue(column(logged, String[]::new, one -> AttemptJson.encode(one.attempt())))
                        .addValue(Rows.time(now))
                        .addBoolean(logs)
                        .addInteger(part));
    }

    /** How many ended; where it may have been done before, all of them count. */
    long count(RowSet<Row> answer) {
        return isUncertain() && !isLeaseLost()
                ? merged.size()
                : answer.iterator().next().getLong(0);
    }

    @Override
    public String toString() {
        return "that position " + standing.position() + " of slot " + standing.slot() + " stands for " + merged.size()
                + " others";
    }
}
