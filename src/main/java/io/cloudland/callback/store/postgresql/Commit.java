package io.cloudland.callback.store.postgresql;

import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * One transaction for many changes: two round trips, one where nothing is to be decided. Locks are taken in one order everywhere:
 * slots, leases, deliveries, command keys, the tally.
 */
final class Commit {

    private final Setting setting;
    private final SqlConnection connection;
    private final int part;
    private final List<Entry<?>> entries;
    private final List<Ending> endings;
    private final long number;
    private Optional<Doubt> doubt = Optional.empty();

    /** What is the same for every transaction of a store. */
    record Setting(PostgresSettings settings, String epoch, CommitMark mark, Wakeup wakeup) {}

    /** What a transaction did, and what was there by its end. */
    record Done(RunCounts counts, Totals totals, Set<Integer> slots) {}

    /**
     * @param part the connection's row in the tally
     * @param number greater than that of every commit of this store before
     */
    Commit(Setting setting, SqlConnection connection, int part, long number, List<Change> changes) {
        this.number = number;
        this.setting = setting;
        this.connection = connection;
        this.part = part;
        this.entries = changes.stream()
                .filter(change -> change instanceof Entry)
                .<Entry<?>>map(change -> (Entry<?>) change)
                .toList();
        this.endings = changes.stream()
                .filter(change -> change instanceof Ending)
                .map(change -> (Ending) change)
                .toList();
    }

    Future<Done> run() {
        return entries.isEmpty() ? endAlone() : keep();
    }

    private Future<Done> endAlone() {
        Statements statements = new Statements(connection);
        statements.send("begin");
        Optional<EndStatements> ended = sendEndings(statements);
        Future<RowSet<Row>> totals = statements.send(Totals.SQL);
        statements.send("commit");
        return statements.answered().map(done -> new Done(counts(ended), Totals.of(totals.result()), Set.of()));
    }

    private Optional<EndStatements> sendEndings(Statements statements) {
        boolean logs = setting.settings().retention().logMaxBytes() > 0;
        return EndStatements.send(statements, endings, logs, part);
    }

    private static RunCounts counts(Optional<EndStatements> ended) {
        return ended.map(EndStatements::done).orElse(RunCounts.NONE);
    }

    private Future<Done> keep() {
        Statements statements = new Statements(connection);
        statements.send("begin");
        ViewStatements asked = ViewStatements.send(statements, entries, setting.settings());
        Optional<EndStatements> ended = sendEndings(statements);
        Future<RowSet<Row>> totals = statements.send(Totals.SQL);
        return statements
                .answeredOrRolledBack()
                .map(answered -> decided(asked.view(setting.epoch(), Totals.of(totals.result()))))
                .compose(view -> write(view, ended));
    }

    private View decided(View view) {
        entries.forEach(entry -> entry.decide(view));
        return view;
    }

    private Future<Done> write(View view, Optional<EndStatements> ended) {
        Statements statements = new Statements(connection);
        KeepStatements.send(statements, setting.settings(), view, part);
        setting.wakeup().notify(statements, view.lastPositions());
        setting.mark().put(statements, number);
        Future<RowSet<Row>> totals = statements.send(Totals.SQL);
        RunCounts events = RunCounts.ofEvents(view.events());
        doubt = Optional.of(
                new Doubt(number, entries, events, view.lastPositions().keySet()));
        statements.send("commit");
        return statements
                .answered()
                .map(written -> new Done(
                        counts(ended).and(events),
                        Totals.of(totals.result()),
                        view.lastPositions().keySet()));
    }

    /** What may have been kept, where this has failed. */
    Optional<Doubt> doubt() {
        return doubt;
    }
}
