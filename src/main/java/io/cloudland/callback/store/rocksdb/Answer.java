package io.cloudland.callback.store.rocksdb;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * What a caller waits for, and the context it called from: only there is its future completed. A caller without a context
 * hears on a thread of the store, and must not block it.
 */
final class Answer<T> {

    private final Promise<T> promise = Promise.promise();
    private final @Nullable Context context = Vertx.currentContext();

    Future<T> future() {
        return promise.future();
    }

    @Nullable
    Context context() {
        return context;
    }

    /** Completes on the caller's context. */
    void succeed(T value) {
        run(context, () -> promise.tryComplete(value));
    }

    /** Fails on the caller's context. */
    void fail(Throwable failure) {
        run(context, () -> promise.tryFail(failure));
    }

    /** Completes at once: for a caller that is on its context right now, and for {@link Answers}. */
    void succeedHere(T value) {
        promise.tryComplete(value);
    }

    /** Tells a caller that waits for nothing but the end. */
    @SuppressWarnings("NullAway") // Void has no other value.
    static void done(Answer<Void> answer) {
        answer.succeed(null);
    }

    void failHere(Throwable failure) {
        promise.tryFail(failure);
    }

    static void run(@Nullable Context context, Runnable action) {
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
