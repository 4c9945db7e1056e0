package io.cloudland.callback.store.rocksdb;

import io.cloudland.callback.error.CallbackException;
import io.cloudland.callback.error.ErrorCode;
import io.vertx.core.Future;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The way into the rooms of an open store: it lets calls in between opening and closing. Thread-safe. */
final class Entrance {

    private final Lifecycle lifecycle;
    private volatile @Nullable Rooms rooms;

    Entrance(Lifecycle lifecycle) {
        this.lifecycle = lifecycle;
    }

    void opened(Rooms opened) {
        rooms = opened;
    }

    /** What {@code call} answers, or that the store is closed. */
    <T> Future<T> whenOpen(Function<Rooms, Future<T>> call) {
        Rooms open = rooms;
        if (open == null || lifecycle.isClosing()) {
            return Future.failedFuture(stopping());
        }
        return call.apply(open);
    }

    /** The counts as of the last commit, also after the end. */
    Totals totals() {
        return Optional.ofNullable(rooms)
                .map(known -> known.store().totals().get())
                .orElse(Totals.NONE);
    }

    static CallbackException stopping() {
        return new CallbackException(ErrorCode.SHUTTING_DOWN, "the store is closed; send the command again later");
    }
}
