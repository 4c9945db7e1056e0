package io.cloudland.callback.lookup;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.cloudland.callback.error.CallbackException;
import io.cloudland.callback.error.ErrorCode;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;

/** How a test thread sees what futures become. */
final class Outcomes {

    private Outcomes() {}

    static <T> T resultOf(Future<T> future) {
        try {
            return future.toCompletionStage().toCompletableFuture().get(20, SECONDS);
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw new AssertionError(failed.getCause());
        } catch (Exception other) {
            throw new AssertionError("no result in time", other);
        }
    }

    static CallbackException failureOf(Future<?> future, ErrorCode code) {
        CallbackException failure = catchThrowableOfType(CallbackException.class, () -> resultOf(future));
        assertThat(failure).as("the failure").isNotNull();
        assertThat(failure.code()).isEqualTo(code);
        return failure;
    }

    /** Calls on the context, as the event loop that owns the callee would. */
    static <T> Future<T> on(Context context, Supplier<Future<T>> call) {
        Promise<T> promise = Promise.promise();
        context.runOnContext(go -> call.get().onComplete(promise));
        return promise.future();
    }
}
