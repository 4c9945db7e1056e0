package io.cloudland.callback.lookup;

import io.cloudland.callback.model.CommandMessage;
import io.cloudland.callback.model.ResourceLocator;
import io.cloudland.callback.model.ResourceSnapshot;
import io.cloudland.callback.time.Timers;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.Optional;

/** A lookup that somebody waits for. Confined to the event loop of its {@link RetryingLookup}. */
final class OpenQuestion {

    private final ResourceLocator locator;
    private final CommandMessage command;
    private final Promise<Optional<ResourceSnapshot>> answer = Promise.promise();
    private Timers.Cancellable retryTimer = () -> {};
    private boolean failed;
    private boolean setAside;

    OpenQuestion(ResourceLocator locator, CommandMessage command) {
        this.locator = locator;
        this.command = command;
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

    /** Notes that it waits alone; tells whether it does so for the first time. */
    boolean setAsideFirst() {
        boolean first = !setAside;
        setAside = true;
        return first;
    }

    boolean wasAside() {
        return setAside;
    }

    void retryTimer(Timers.Cancellable timer) {
        this.retryTimer = timer;
    }

    void complete(AsyncResult<Optional<ResourceSnapshot>> result) {
        if (result.succeeded()) {
            answer.complete(result.result());
        } else {
            answer.fail(result.cause());
        }
    }

    void shutDown() {
        retryTimer.cancel();
        answer.fail(LookupFailures.shuttingDown(locator));
    }
}
