package io.cloudland.callback.cli.crash;

import io.vertx.core.Future;
import java.util.concurrent.TimeUnit;

/** How the thread that directs a crash test waits. It is no event loop. */
final class Waiting {

    private static final long ANSWER_WITHIN_SECONDS = 60;

    private Waiting() {}

    /**
     * What the future brings.
     *
     * @throws IllegalStateException where it fails, or nothing comes for a minute
     */
    static <T> T await(Future<T> future) {
        try {
            return future.await(ANSWER_WITHIN_SECONDS, TimeUnit.SECONDS);
        } catch (Exception failure) { // Future.await throws the cause, whatever it is.
            throw new IllegalStateException(failure.toString(), failure);
        }
    }

    static void sleep(long millis) {
        try {
            TimeUnit.MILLISECONDS.sleep(millis);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted during the crash test", stopped);
        }
    }
}
