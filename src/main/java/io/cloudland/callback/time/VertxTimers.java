package io.cloudland.callback.time;

import io.vertx.core.Vertx;
import java.time.Duration;

/** {@link Timers} on Vert.x: actions run on the context that scheduled them. */
public final class VertxTimers implements Timers {

    private final Vertx vertx;

    public VertxTimers(Vertx vertx) {
        this.vertx = vertx;
    }

    @Override
    public Cancellable schedule(Duration delay, Runnable action) {
        // Vert.x refuses a delay under 1 ms; rounding up never fires early.
        long delayMillis = Math.max(1, delay.plusNanos(999_999).toMillis());
        long id = vertx.setTimer(delayMillis, fired -> action.run());
        return () -> vertx.cancelTimer(id);
    }
}
