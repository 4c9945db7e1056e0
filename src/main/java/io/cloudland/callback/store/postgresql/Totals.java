package io.cloudland.callback.store.postgresql;

import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;

/**
 * What is kept by all nodes together, as of one transaction.
 *
 * @param keptParts places in the queue that kept commands have
 * @param oldestLetter when the oldest dead letter died; empty where there is none
 */
record Totals(
        long pending, long keptParts, long letters, long letterBytes, long logBytes, Optional<Instant> oldestLetter) {

    static final Totals NONE = new Totals(0, 0, 0, 0, 0, Optional.empty());

    static final String SQL = """
            select sum(pending)::bigint, sum(kept_parts)::bigint, sum(letters)::bigint, sum(letter_bytes)::bigint,
                   sum(log_bytes)::bigint, (select min(died_at) from dead_letter)
            from tally""";

    static Totals of(RowSet<Row> rows) {
        Row row = rows.iterator().next();
        return new Totals(
                row.getLong(0),
                row.getLong(1),
                row.getLong(2),
                row.getLong(3),
                row.getLong(4),
                Optional.ofNullable(row.getOffsetDateTime(5)).map(OffsetDateTime::toInstant));
    }

    /** How many places of the queue are taken. */
    long claimed() {
        return pending + keptParts;
    }
}
