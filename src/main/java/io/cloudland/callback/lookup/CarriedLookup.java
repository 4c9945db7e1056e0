package io.cloudland.callback.lookup;

import io.cloudland.callback.error.CallbackException;
import io.cloudland.callback.model.CommandMessage;
import io.cloudland.callback.model.ResourceLocator;
import io.cloudland.callback.model.ResourceSnapshot;
import io.vertx.core.Future;
import java.util.Map;
import java.util.Optional;

/** The lookup that the message itself answers when it carries a snapshot; otherwise the next one is asked. */
final class CarriedLookup implements ResourceLookup {

    private final ResourceLookup next;

    CarriedLookup(ResourceLookup next) {
        this.next = next;
    }

    @Override
    public Future<Optional<ResourceSnapshot>> find(ResourceLocator locator, CommandMessage command) {
        return find(locator, command, DelayListener.NONE);
    }

    @Override
    public Future<Optional<ResourceSnapshot>> find(
            ResourceLocator locator, CommandMessage command, DelayListener listener) {
        Optional<Map<String, Object>> carried = command.snapshot();
        return carried.isPresent() ? read(carried.get(), locator) : next.find(locator, command, listener);
    }

    private static Future<Optional<ResourceSnapshot>> read(Map<String, Object> carried, ResourceLocator locator) {
        try {
            return Future.succeededFuture(Optional.of(SnapshotReader.read(carried, locator)));
        } catch (CallbackException invalid) {
            return Future.failedFuture(invalid);
        }
    }

    @Override
    public Future<Void> close() {
        return next.close();
    }
}
