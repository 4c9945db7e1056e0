package io.cloudland.callback.lookup;

import io.cloudland.callback.model.CommandMessage;
import io.cloudland.callback.model.ResourceLocator;
import io.cloudland.callback.model.ResourceSnapshot;
import io.vertx.core.Future;
import java.util.Optional;

/** Knows resources: tells what a resource is right after a command changed it. */
public interface ResourceLookup {

    /**
     * What is known of the resource.
     *
     * @param command the command that names it, which may carry the answer itself
     * @return empty when the source is sure not to know it; fails with {@code LOOKUP_UNAVAILABLE} when asking again can
     *     help, with {@code INVALID_SNAPSHOT} when the answer cannot be read
     */
    Future<Optional<ResourceSnapshot>> find(ResourceLocator locator, CommandMessage command);

    /** The same, telling {@code listener} where the answer will take long. */
    default Future<Optional<ResourceSnapshot>> find(
            ResourceLocator locator, CommandMessage command, DelayListener listener) {
        return find(locator, command);
    }

    /** Gives connections back. */
    default Future<Void> close() {
        return Future.succeededFuture();
    }
}
