package io.cloudland.callback.http;

import static java.util.concurrent.TimeUnit.SECONDS;

import io.vertx.core.Future;
import java.util.concurrent.TimeoutException;

/** Waits for results on the test's own thread. */
final class Results {

    private Results() {}

    /** The result, or the failure thrown, for which no test here needs to wait longer than this. */
    static <T> T resultOf(Future<T> future) {
        try {
            return future.await(30, SECONDS);
        } catch (TimeoutException e) {
            throw new AssertionError("no result within 30 s", e);
        }
    }
}
