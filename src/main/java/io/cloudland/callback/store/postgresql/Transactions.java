package io.cloudland.callback.store.postgresql;

import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the writer does on its connection, and what follows: bounds are kept, counts published, listeners told. */
final class Transactions {

    private static final Logger log = LoggerFactory.getLogger("store");

    private final Commit.Setting setting;
    private final Counts counts;
    private final Bounds bounds;
    private final IntSupplier part;
    private final Duration limit;
    private long number;
    private Optional<Doubt> doubt = Optional.empty();

    /**
     * @param part the row of the tally of the connection there is
     * @param limit after so long without an answer a transaction counts as failed
     */
    Transactions(Commit.Setting setting, Counts counts, Bounds bounds, IntSupplier part, Duration limit) {
        this.limit = limit;
        this.setting = setting;
        this.counts = counts;
        this.bounds = bounds;
        this.part = part;
    }

    /** Commits changes; completes when what follows is done too. */
    Future<Void> run(SqlConnection connection, int tallyPart, List<Change> batch) {
        doubt = Optional.empty();
        Commit commit = new Commit(setting, connection, tallyPart, ++number, batch);
        return limited(commit.run())
                .onFailure(failure -> doubt = commit.doubt())
                .compose(done -> published(connection, done.totals(), done.counts())
                        .onSuccess(kept -> setting.wakeup().committed(done.slots())));
    }

    private <T> Future<T> limited(Future<T> answer) {
        return answer.timeout(limit.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** What the last commit may have kept, where it has failed; asked for once. */
    Optional<Doubt> takeDoubt() {
        Optional<Doubt> open = doubt;
        doubt = Optional.empty();
        return open;
    }

    /** Asks whether it was kept after all; where it was, what follows a commit is done. */
    Future<Boolean> settle(SqlConnection connection, Doubt open) {
        return limited(setting.mark().isCommitted(connection, open.number())).onSuccess(kept -> {
            if (kept) {
                counts.add(counts.totals(), open.counts());
                setting.wakeup().committed(open.slots());
            }
        });
    }

    /** Publishes the counts after a transaction, and keeps the bounds that it may have broken. */
    Future<Void> published(SqlConnection connection, Totals totals, RunCounts done) {
        counts.add(totals, done);
        Optional<String> broken = bounds.brokenBy(totals);
        if (broken.isEmpty() && !bounds.logIsFull(totals)) {
            return Future.succeededFuture();
        }
        return limited(letGo(connection, broken))
                .compose(gone -> totals(connection).onSuccess(now -> counts.add(now, RunCounts.ofLetGo(gone))))
                .<Void>mapEmpty()
                .recover(Transactions::letGoLater);
    }

    private Future<Long> letGo(SqlConnection connection, Optional<String> broken) {
        Future<Long> letters = broken.map(bound -> bounds.letGoLetters(connection, part.getAsInt(), bound))
                .orElseGet(() -> Future.succeededFuture(0L));
        return letters.compose(gone -> bounds.logIsFull(counts.totals())
                ? bounds.forgetAttempts(connection, part.getAsInt(), true).map(forgotten -> gone)
                : Future.succeededFuture(gone));
    }

    /** What was committed is committed; the next transaction finds the same bound broken. */
    private static Future<Void> letGoLater(Throwable failure) {
        log.debug("What the store may not keep could not be let go of: {}; tried again", SqlFailure.reason(failure));
        return Future.succeededFuture();
    }

    static Future<Totals> totals(SqlConnection connection) {
        Future<RowSet<Row>> totals = connection.query(Totals.SQL).execute();
        return totals.map(Totals::of);
    }

    /** Looks at what other nodes have done: counts, and slots that nobody has told of. */
    Job<Void> look() {
        return new Job<>(
                "what other nodes kept",
                connection -> totals(connection)
                        .compose(totals -> published(connection, totals, RunCounts.NONE))
                        .compose(published -> setting.wakeup().poll(connection)));
    }

    /** Forgets what is too old, whether or not anything is written. */
    Job<Void> forget() {
        return new Job<>(
                "what is forgotten",
                connection -> CommitMark.forget(connection)
                        .compose(forgotten -> bounds.forgetKeys(connection))
                        .compose(forgotten -> bounds.forgetAttempts(connection, part.getAsInt(), false))
                        .mapEmpty());
    }
}
