package io.cloudland.callback.store.postgresql;

import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * All that the owners of slots change in a transaction. The tokens are read under a share lock: whoever takes a slot over waits for
 * the commit, or was before it.
 */
final class EndStatements {

    private static final String TOKENS =
            "select slot, token from slot_lease where slot = any($1::smallint[]) order by slot for share";

    private final List<Ending> endings;
    private final Future<RowSet<Row>> tokens;
    private final Optional<EndStatement> ended;
    private final Map<Coalesce, Future<RowSet<Row>>> coalesced = new HashMap<>();

    private EndStatements(Statements statements, List<Ending> endings, boolean logs, int part) {
        this.endings = endings;
        this.tokens = statements.send(
                TOKENS,
                Tuple.tuple()
                        .addValue(endings.stream().map(Ending::slot).distinct().toArray(Short[]::new)));
        List<End> ends = only(End.class, endings);
        this.ended = ends.isEmpty() ? Optional.empty() : Optional.of(EndStatement.send(statements, ends, logs, part));
        only(Coalesce.class, endings).forEach(one -> coalesced.put(one, one.send(statements, logs, part)));
    }

    private static <T> List<T> only(Class<T> kind, List<Ending> endings) {
        return endings.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    /** Sends them; empty where there are none. */
    static Optional<EndStatements> send(Statements statements, List<Ending> endings, boolean logs, int part) {
        return endings.isEmpty() ? Optional.empty() : Optional.of(new EndStatements(statements, endings, logs, part));
    }

    /** What took effect; to be asked once all is answered. */
    RunCounts done() {
        Map<Short, Long> held = new HashMap<>();
        tokens.result().forEach(row -> held.put(row.getShort(0), row.getLong(1)));
        endings.forEach(ending -> ending.checkLease(held.getOrDefault(ending.slot(), ending.token() - 1)));
        long others = coalesced.entrySet().stream()
                .mapToLong(one -> one.getKey().count(one.getValue().result()))
                .sum();
        return ended.map(EndStatement::done).orElse(RunCounts.NONE).and(RunCounts.ofCoalesced(others));
    }
}
