package io.cloudland.callback.store.rocksdb;

import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** From open to closed: whoever closes, however often and even while it still opens, hears when it is done. Thread-safe. */
final class Lifecycle {

    private final List<Answer<Void>> closers = new ArrayList<>();
    private @Nullable Runnable stop;
    private boolean alive;
    private volatile boolean closing;

    synchronized void starting() {
        alive = true;
    }

    /**
     * It is open.
     *
     * @param stop makes it end; {@link #ended} follows
     */
    synchronized void started(Runnable stop) {
        this.stop = stop;
        if (closing) {
            stop.run();
        }
    }

    boolean isClosing() {
        return closing;
    }

    Future<Void> close() {
        Answer<Void> closed = new Answer<>();
        synchronized (this) {
            boolean first = !closing;
            closing = true;
            if (!alive) {
                return Future.succeededFuture();
            }
            closers.add(closed);
            if (first && stop != null) {
                stop.run();
            }
        }
        return closed.future();
    }

    void ended() {
        List<Answer<Void>> waiting;
        synchronized (this) {
            closing = true;
            alive = false;
            waiting = List.copyOf(closers);
            closers.clear();
        }
        waiting.forEach(Answer::done);
    }
}
