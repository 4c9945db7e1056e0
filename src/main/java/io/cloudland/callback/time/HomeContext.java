package io.cloudland.callback.time;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.function.Supplier;

/**
 * The one context that owns a verticle's state: leads calls and results from anywhere onto it.
 *
 * <p>It compares contexts, not threads: a verticle on the same event loop is still somewhere else, and what is started in
 * its name (a timer, a request) would end with it.
 */
public final class HomeContext {

    private final Context context;

    /** The home of what {@code context} owns. */
    public HomeContext(Context context) {
        this.context = context;
    }

    /** Whether the caller is on it. */
    public boolean isHere() {
        return Vertx.currentContext() == context;
    }

    /** Runs {@code step} on the context: at once where the caller is on it. */
    public void run(Runnable step) {
        if (isHere()) {
            step.run();
        } else {
            context.runOnContext(here -> step.run());
        }
    }

    /** Calls {@code work} on the context: at once where the caller is on it. Its result completes there. */
    public <T> Future<T> call(Supplier<Future<T>> work) {
        if (isHere()) {
            return work.get();
        }
        Promise<T> promise = Promise.promise();
        context.runOnContext(here -> work.get().onComplete(promise));
        return promise.future();
    }

    /** The same result, completing on the context; at once where it is there already. */
    public <T> Future<T> bring(Future<T> future) {
        if (future.isComplete()) {
            // Not the future itself: it may be bound to another context, and its listeners would run there.
            return future.succeeded() ? Future.succeededFuture(future.result()) : Future.failedFuture(future.cause());
        }
        Promise<T> promise = Promise.promise();
        future.onComplete((result, failure) -> run(() -> promise.complete(result, failure)));
        return promise.future();
    }
}
