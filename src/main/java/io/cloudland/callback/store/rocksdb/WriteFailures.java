package io.cloudland.callback.store.rocksdb;

import io.cloudland.callback.error.CallbackException;
import io.cloudland.callback.error.ErrorCode;
import io.cloudland.callback.time.TimeSource;
import java.time.Duration;
import org.rocksdb.RocksDBException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells of writes that fail: the first at once, then how many in a minute, then that it is over. Writer only. */
final class WriteFailures {

    private static final Logger log = LoggerFactory.getLogger("store");
    private static final long TELL_EVERY_NANOS = Duration.ofMinutes(1).toNanos();

    private final TimeSource time;
    private long count;
    private long toldAt;

    WriteFailures(TimeSource time) {
        this.time = time;
    }

    void happened(RocksDBException failure) {
        boolean tell = count == 0 || time.nanoTime() - toldAt >= TELL_EVERY_NANOS;
        count++;
        if (tell) {
            toldAt = time.nanoTime();
            log.warn(
                    "The store cannot write ({} failed so far): {}; events are refused, and how deliveries end is kept in"
                            + " memory and written once it can again",
                    count,
                    failure.getMessage());
        }
    }

    void over() {
        if (count > 0) {
            log.info("The store writes again, after {} writes that failed", count);
            count = 0;
        }
    }

    /** The answer to an append whose write failed. */
    static CallbackException unknown(Change change, RocksDBException cause) {
        return new CallbackException(
                ErrorCode.STORE_FAILED,
                "the store could not write " + change + ": " + cause.getMessage()
                        + "; it counts as not accepted, send it again later",
                cause);
    }

    /** The answer where what a change needs cannot be read. */
    static CallbackException unreadable(Change change, RocksDBException cause) {
        return new CallbackException(
                ErrorCode.STORE_FAILED,
                "the store could not read what it needs for " + change + ": " + cause.getMessage()
                        + "; nothing was kept of it",
                cause);
    }
}
