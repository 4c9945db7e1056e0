package io.cloudland.callback.lookup;

import io.cloudland.callback.model.CommandMessage;
import io.cloudland.callback.model.ResourceLocator;
import io.cloudland.callback.model.ResourceSnapshot;
import io.vertx.core.Future;
import java.util.Optional;

/** The lookup where there is nobody to ask: it knows no resource. */
final class NoLookup implements ResourceLookup {

    @Override
    public Future<Optional<ResourceSnapshot>> find(ResourceLocator locator, CommandMessage command) {
        return Future.succeededFuture(Optional.empty());
    }
}
