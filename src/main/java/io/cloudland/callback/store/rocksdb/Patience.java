package io.cloudland.callback.store.rocksdb;

import io.cloudland.callback.error.CallbackException;
import io.cloudland.callback.error.ErrorCode;
import io.cloudland.callback.time.TimeSource;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/** How long a search may go on: until its time is over or the store stops. One search, one thread. */
final class Patience {

    static final Duration LIMIT = Duration.ofSeconds(15);
    private static final int LOOK_EVERY = 256;

    private final TimeSource time;
    private final BooleanSupplier stopping;
    private final long until;
    private final boolean endless;
    private long steps;

    private Patience(TimeSource time, BooleanSupplier stopping, boolean endless) {
        this.time = time;
        this.stopping = stopping;
        this.endless = endless;
        this.until = time.nanoTime() + LIMIT.toNanos();
    }

    /** For a search that somebody waits for. */
    static Patience limited(TimeSource time, BooleanSupplier stopping) {
        return new Patience(time, stopping, false);
    }

    /** For work that must go over everything. */
    static Patience endless(TimeSource time, BooleanSupplier stopping) {
        return new Patience(time, stopping, true);
    }

    /** Called for every row that is looked at; fails when it is enough. */
    void step() {
        if (++steps % LOOK_EVERY != 0) {
            return;
        }
        if (stopping.getAsBoolean()) {
            throw Entrance.stopping();
        }
        if (!endless && time.nanoTime() - until > 0) {
            throw new CallbackException(
                    ErrorCode.STORE_FAILED,
                    "the search was ended after " + LIMIT.toSeconds() + " s and " + steps
                            + " rows; ask for less: one resource, one endpoint, a shorter time");
        }
    }
}
