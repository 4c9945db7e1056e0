package io.cloudland.callback.store.postgresql;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/** What a caller waits for, and the context it called from: there its future completes. Without one, on the store's. */
final class Answer<T> {

    private final Promise<T> promise = Promise.promise();
    private final @Nullable Context context = Vertx.currentContext();

    Future<T> future() {
        return promise.future();
    }

    void succeed(T value) {
        hop(() -> promise.tryComplete(value));
    }

    void fail(Throwable failure) {
        hop(() -> promise.tryFail(failure));
    }

    private void hop(Runnable action) {
        if (context == null) {
            action.run();
            return;
        }
        try {
            context.runOnContext(ignored -> action.run());
        } catch (RejectedExecutionException closed) {
            // The caller's Vert.x has been closed: nobody is there to hear it.
        }
    }
}
