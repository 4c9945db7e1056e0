package io.cloudland.callback.store.memory;

import io.cloudland.callback.error.CallbackException;
import io.cloudland.callback.error.ErrorCode;
import io.vertx.core.Future;
import java.util.function.Supplier;

/** Lets calls in until the store is closed. Thread-safe. */
final class OpenGate {

    private volatile boolean closed;

    /** What {@code call} answers, or why it was not made. */
    <T> Future<T> ask(Supplier<T> call) {
        if (closed) {
            return Future.failedFuture(new CallbackException(
                    ErrorCode.SHUTTING_DOWN, "the store is closed; send the command again later"));
        }
        try {
            return Future.succeededFuture(call.get());
        } catch (CallbackException refused) {
            return Future.failedFuture(refused);
        }
    }

    /** {@link #ask} for a call that answers nothing. */
    Future<Void> tell(Runnable call) {
        return ask(() -> {
                    call.run();
                    return true;
                })
                .mapEmpty();
    }

    void close() {
        closed = true;
    }
}
