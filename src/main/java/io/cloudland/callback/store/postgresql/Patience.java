package io.cloudland.callback.store.postgresql;

import io.cloudland.callback.time.TimeSource;
import java.time.Duration;

/**
 * How long changes wait for a database that is away.
 *
 * @param limit of those whose patience is limited
 */
record Patience(TimeSource time, Duration limit) {

    /** The least that one waits whose commit may have happened: the truth is worth more than a quick answer. */
    static final Duration IN_DOUBT = Duration.ofSeconds(20);

    /** For how long a change waits. */
    enum Kind {
        /** Its caller is told at once. */
        NONE,
        /** As long as the configuration says. */
        LIMITED,
        /** Longer, as its caller cannot be told what happened. */
        IN_DOUBT,
        /** Nobody else could do it. */
        UNTIL_WRITTEN
    }

    void begins(Change change) {
        change.beginsAt(time.nanoTime());
    }

    boolean isOver(Change change) {
        return switch (change.patience()) {
            case NONE -> true;
            case LIMITED -> hasWaited(change, limit);
            case IN_DOUBT -> hasWaited(change, limit.compareTo(IN_DOUBT) < 0 ? IN_DOUBT : limit);
            case UNTIL_WRITTEN -> false;
        };
    }

    private boolean hasWaited(Change change, Duration least) {
        return time.nanoTime() - change.sinceNanos() >= least.toNanos();
    }
}
