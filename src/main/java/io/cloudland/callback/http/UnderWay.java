package io.cloudland.callback.http;

import io.cloudland.callback.model.AttemptOutcome;
import io.cloudland.callback.time.TimeSource;
import io.cloudland.callback.time.Timers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The attempts of one sender that are under way, the oldest first, and the one timer that ends those whose time is up.
 *
 * <p>All have the same timeout, so that the oldest is due first: a timer of its own for each, set and taken back forty
 * thousand times a second, would cost a thirtieth of what a delivery costs. Confined to the sender's event loop.
 */
final class UnderWay {

    private final Timers timers;
    private final TimeSource time;
    private final Duration timeout;
    private final Set<Exchange> oldestFirst = new LinkedHashSet<>();
    private Timers.@Nullable Cancellable timer;

    UnderWay(Timers timers, TimeSource time, Duration timeout) {
        this.timers = timers;
        this.time = time;
        this.timeout = timeout;
    }

    /** How long each may take. */
    Duration timeout() {
        return timeout;
    }

    /** What an attempt that starts now is to remember as its start. */
    long nanoTime() {
        return time.nanoTime();
    }

    void add(Exchange exchange) {
        oldestFirst.add(exchange);
        if (timer == null) {
            timer = timers.schedule(timeout, this::endLate);
        }
    }

    void remove(Exchange exchange) {
        oldestFirst.remove(exchange);
        if (oldestFirst.isEmpty()) {
            stopTimer();
        }
    }

    private void stopTimer() {
        if (timer != null) {
            timer.cancel();
            timer = null;
        }
    }

    private void endLate() {
        timer = null;
        List<Exchange> late = new ArrayList<>();
        long now = time.nanoTime();
        for (Iterator<Exchange> each = oldestFirst.iterator(); each.hasNext() && timer == null; ) {
            Exchange exchange = each.next();
            Duration left = timeout.minusNanos(now - exchange.startedNanos());
            if (left.isNegative() || left.isZero()) {
                late.add(exchange);
            } else {
                timer = timers.schedule(left, this::endLate);
            }
        }
        late.forEach(Exchange::timeOut);
    }

    /** Ends all of them, their connections with them. */
    void breakOff(AttemptOutcome outcome) {
        List.copyOf(oldestFirst).forEach(exchange -> exchange.breakOff(outcome));
    }
}
