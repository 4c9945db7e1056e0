package io.cloudland.callback.lookup;

import io.cloudland.callback.error.CallbackException;
import io.cloudland.callback.model.CommandMessage;
import io.cloudland.callback.model.ResourceLocator;
import io.cloudland.callback.model.ResourceSnapshot;
import io.cloudland.callback.time.Timers;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A lookup that somebody waits for. Confined to the event loop of its {@link RetryingLookup}. */
final class OpenQuestion {

    private static final Logger LOG = LoggerFactory.getLogger(RetryingLookup.class);

    private final ResourceLocator locator;
    private final CommandMessage command;
    private final DelayListener listener;
    private final Promise<Optional<ResourceSnapshot>> answer = Promise.promise();
    private Timers.Cancellable retryTimer = () -> {};
    private boolean failed;
    private boolean told;
    private int timesAside;

    OpenQuestion(ResourceLocator locator, CommandMessage command, DelayListener listener) {
        this.locator = locator;
        this.command = command;
        this.listener = listener;
    }

    ResourceLocator locator() {
        return locator;
    }

    CommandMessage command() {
        return command;
    }

    Future<Optional<ResourceSnapshot>> answer() {
        return answer.future();
    }

    /** Notes a failure; tells whether it is the first. */
    boolean failedFirst() {
        boolean first = !failed;
        failed = true;
        return first;
    }

    /** Notes that it waits alone once more; tells how often it has. */
    int setAside() {
        return ++timesAside;
    }

    boolean wasAside() {
        return timesAside > 0;
    }

    void retryTimer(Timers.Cancellable timer) {
        this.retryTimer = timer;
    }

    /** Tells, the first time, that it will take long. */
    void delayed(DelayListener.Delayed handle) {
        if (!told) {
            told = true;
            guarded(() -> listener.delayed(handle));
        }
    }

    void complete(AsyncResult<Optional<ResourceSnapshot>> result) {
        guarded(() -> answer.complete(result.result(), result.cause()));
    }

    void end(CallbackException why) {
        retryTimer.cancel();
        guarded(() -> answer.tryFail(why));
    }

    /** Whoever waits may break on what it hears; the other questions must not pay for it. */
    private void guarded(Runnable telling) {
        try {
            telling.run();
        } catch (RuntimeException | Error defect) {
            LOG.warn("Somebody who waited for the lookup of {} failed on its answer; lookups go on", locator, defect);
        }
    }
}
