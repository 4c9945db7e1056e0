package io.cloudland.callback.http;

import io.cloudland.callback.time.Timers;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/** Counts the timers that neither ran nor were cancelled. */
final class CountingTimers implements Timers {

    private final Timers timers;
    private final AtomicInteger left = new AtomicInteger();

    CountingTimers(Timers timers) {
        this.timers = timers;
    }

    @Override
    public Cancellable schedule(Duration delay, Runnable action) {
        AtomicBoolean over = new AtomicBoolean();
        left.incrementAndGet();
        Cancellable scheduled = timers.schedule(delay, () -> {
            end(over);
            action.run();
        });
        return () -> {
            end(over);
            scheduled.cancel();
        };
    }

    private void end(AtomicBoolean over) {
        if (over.compareAndSet(false, true)) {
            left.decrementAndGet();
        }
    }

    int left() {
        return left.get();
    }
}
