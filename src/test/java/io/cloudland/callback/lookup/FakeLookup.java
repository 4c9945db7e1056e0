package io.cloudland.callback.lookup;

import io.cloudland.callback.error.CallbackException;
import io.cloudland.callback.error.ErrorCode;
import io.cloudland.callback.model.CommandMessage;
import io.cloudland.callback.model.ResourceLocator;
import io.cloudland.callback.model.ResourceSnapshot;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** A lookup whose answers a test decides and which remembers what it was asked. */
final class FakeLookup implements ResourceLookup {

    static final Function<ResourceLocator, Future<Optional<ResourceSnapshot>>> UNKNOWN =
            locator -> Future.succeededFuture(Optional.empty());

    static final Function<ResourceLocator, Future<Optional<ResourceSnapshot>>> AWAY =
            locator -> Future.failedFuture(new CallbackException(
                    ErrorCode.LOOKUP_UNAVAILABLE, "the fake was asked for " + locator + ": switched off"));

    final List<ResourceLocator> asked = new ArrayList<>();
    Function<ResourceLocator, Future<Optional<ResourceSnapshot>>> answer = UNKNOWN;
    boolean closed;

    @Override
    public Future<Optional<ResourceSnapshot>> find(ResourceLocator locator, CommandMessage command) {
        asked.add(locator);
        return answer.apply(locator);
    }

    @Override
    public Future<Void> close() {
        closed = true;
        return Future.succeededFuture();
    }
}
