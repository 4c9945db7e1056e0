package io.cloudland.callback.store.postgresql;

import static io.cloudland.callback.store.postgresql.Rows.column;

import io.cloudland.callback.model.DeliveryState;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.time.OffsetDateTime;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Writes how attempts ended, in one statement for all: deliveries are ended, noted for a retry or buried, attempts logged. It takes
 * effect only where the slot's token is the one that the caller holds, see {@link Ending}.
 */
final class EndStatement {

    private static final String SQL = """
            with given as (
              select * from unnest($1::text[], $2::smallint[], $3::bigint[], $4::bigint[], $5::text[], $6::text[], $7::text[],
                $8::bigint[], $9::bigint[], $10::timestamptz[], $11::text[], $12::integer[], $13::timestamptz[], $14::text[],
                $15::boolean[]) with ordinality as g(endpoint, slot, position, token, became, event_id, resource_type,
                resource_id, sequence, started_at, attempt, attempts, at, reason, uncertain, n)),
            held as (
              select g.* from given g join slot_lease l on l.slot = g.slot and l.token = g.token),
            delivered as (
              delete from delivery d using held h
              where h.became = 'DELIVERED' and d.endpoint = h.endpoint and d.slot = h.slot and d.position = h.position
              returning h.*),
            died as (
              delete from delivery d using held h
              where h.became = 'DEAD' and d.endpoint = h.endpoint and d.slot = h.slot and d.position = h.position
              returning h.*, d.event, d.content_type, d.headers, d.body, d.tried_at, d.coalesced, d.coalesced_from),
            retried as (
              update delivery d set attempts = h.attempts, not_before = h.at, last_attempt = h.attempt::json,
                tried_at = (d.tried_at || date_trunc('milliseconds', h.started_at))[greatest(1, cardinality(d.tried_at) - 98):]
              from held h
              where h.became = 'WAITING_FOR_RETRY' and d.endpoint = h.endpoint and d.slot = h.slot
                and d.position = h.position and (not h.uncertain or d.attempts < h.attempts)
              returning h.*),
            buried as (
              insert into dead_letter (endpoint, slot, position, resource_type, resource_id, event_id, status, died_at, reason,
                event, content_type, headers, body, attempts, tried_at, last_attempt, coalesced,
                coalesced_from, bytes)
              select endpoint, slot, position, resource_type, resource_id, event_id, event ->> 'status', at, reason, event,
                content_type, headers, body, attempts,
                (tried_at || date_trunc('milliseconds', started_at))[greatest(1, cardinality(tried_at) - 98):],
                attempt::json, coalesced, coalesced_from, octet_length(body) + octet_length(event::text) + 300
              from died order by n
              returning bytes),
            changed as (
              select * from delivered union all select * from retried union all
              select endpoint, slot, position, token, became, event_id, resource_type, resource_id, sequence, started_at,
                attempt, attempts, at, reason, uncertain, n from died),
            logged as (
              insert into attempt_log (event_id, endpoint, resource_type, resource_id, sequence, started_at, became, attempt,
                bytes)
              select event_id, endpoint, resource_type, resource_id, sequence, started_at, became, attempt::json,
                octet_length(attempt) + 150 from changed where $16::boolean order by n
              returning bytes),
            counted as (
              update tally set pending = pending - (select count(*) from delivered) - (select count(*) from died),
                letters = letters + (select count(*) from buried),
                letter_bytes = letter_bytes + (select coalesce(sum(bytes), 0) from buried),
                log_bytes = log_bytes + (select coalesce(sum(bytes), 0) from logged)
              where part = $17::int)
            select n from changed""";

    private final List<End> ends;
    private final Future<RowSet<Row>> changed;

    private EndStatement(List<End> ends, Future<RowSet<Row>> changed) {
        this.ends = ends;
        this.changed = changed;
    }

    /**
     * Sends it.
     *
     * @param ends each of another delivery, one or more
     * @param logs whether there is a delivery log
     * @param part the writer's row in the tally
     */
    static EndStatement send(Statements statements, List<End> ends, boolean logs, int part) {
        return new EndStatement(
                ends, statements.send(SQL, parameters(ends).addBoolean(logs).addInteger(part)));
    }

    private static Tuple parameters(List<End> ends) {
        return Tuple.tuple()
                .addValue(column(ends, String[]::new, end -> end.place().endpoint()))
                .addValue(column(ends, Short[]::new, Ending::slot))
                .addValue(column(ends, Long[]::new, end -> end.place().position()))
                .addValue(column(ends, Long[]::new, Ending::token))
                .addValue(column(ends, String[]::new, end -> end.became().name()))
                .addValue(column(ends, String[]::new, End::eventId))
                .addValue(
                        column(ends, String[]::new, end -> end.resource().type().wireName()))
                .addValue(column(ends, Long[]::new, end -> end.resource().id()))
                .addValue(column(ends, Long[]::new, End::sequence))
                .addValue(column(ends, OffsetDateTime[]::new, end -> Rows.time(end.startedAt())))
                .addValue(column(ends, String[]::new, End::attemptJson))
                .addValue(column(ends, Integer[]::new, End::attempts))
                .addValue(column(ends, OffsetDateTime[]::new, end -> Rows.time(end.at())))
                .addValue(column(ends, String[]::new, End::reason))
                .addValue(column(ends, Boolean[]::new, Ending::isUncertain));
    }

    /** What took effect; to be asked once all is answered. */
    RunCounts done() {
        Set<Long> numbers = new HashSet<>(Rows.list(changed.result(), row -> row.getLong(0)));
        return RunCounts.ofEnded(count(DeliveryState.DELIVERED, numbers), count(DeliveryState.DEAD, numbers));
    }

    /** One that may have been written before, and has nothing left to end, was: its delivery would be there else. */
    private long count(DeliveryState became, Set<Long> numbers) {
        long count = 0;
        for (int i = 0; i < ends.size(); i++) {
            End end = ends.get(i);
            boolean took = numbers.contains(i + 1L) || (end.isUncertain() && !end.isLeaseLost());
            count += end.became() == became && took ? 1 : 0;
        }
        return count;
    }
}
