package io.cloudland.callback.store.postgresql;

import io.cloudland.callback.error.CallbackException;
import io.cloudland.callback.error.ErrorCode;
import io.vertx.core.Future;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The way into the rooms of an open store: it lets calls in between opening and closing. Thread-safe. */
final class Entrance {

    private volatile @Nullable Rooms rooms;
    private volatile boolean closing;

    void opened(Rooms opened) {
        rooms = opened;
    }

    void close() {
        closing = true;
    }

    boolean isClosing() {
        return closing;
    }

    /** What {@code call} answers, or that the store is closed. */
    <T> Future<T> whenOpen(Function<Rooms, Future<T>> call) {
        Rooms open = rooms;
        return open == null || closing ? Future.failedFuture(stopping()) : call.apply(open);
    }

    /** Also after the end; empty before the store was opened. */
    Optional<Rooms> rooms() {
        return Optional.ofNullable(rooms);
    }

    static CallbackException stopping() {
        return new CallbackException(ErrorCode.SHUTTING_DOWN, "the store is closed; send the command again later");
    }
}
