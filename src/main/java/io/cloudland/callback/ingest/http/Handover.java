package io.cloudland.callback.ingest.http;

import io.cloudland.callback.time.HomeContext;
import io.cloudland.callback.time.TimeSource;
import io.cloudland.callback.time.Timers;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * Brings what the proxy's loop has read home, in its order, and never more than may wait there: home may hang. The loop puts and
 * flushes, home takes.
 *
 * <p>The first goes at once; what comes in the few milliseconds after it goes together, so that many share a wake-up, a write of
 * the store and its sync, and leave the processor to the calls.
 */
final class Handover {

    /** Between two hand-overs. */
    static final Duration PAUSE = Duration.ofMillis(5);

    /**
     * What may wait.
     *
     * @param bodies so many
     * @param bytes all of them together
     */
    record Limit(int bodies, long bytes) {}

    private final HomeContext home;
    private final Limit limit;
    private final TimeSource time;
    private final Timers timers;
    private final Consumer<Optional<byte[]>> taker;
    private final Runnable overflow;
    private final AtomicInteger bodies = new AtomicInteger();
    private final AtomicLong bytes = new AtomicLong();
    private List<Optional<byte[]>> next = new ArrayList<>();
    private Optional<Long> lastNanos = Optional.empty();

    /**
     * @param timers of the loop
     * @param taker takes each at home
     * @param overflow hears on the loop of each that there is no room for; it is gone
     */
    Handover(
            HomeContext home,
            Limit limit,
            TimeSource time,
            Timers timers,
            Consumer<Optional<byte[]>> taker,
            Runnable overflow) {
        this.home = home;
        this.limit = limit;
        this.time = time;
        this.timers = timers;
        this.taker = taker;
        this.overflow = overflow;
    }

    void put(Optional<byte[]> body) {
        if (bodies.get() >= limit.bodies() || bytes.get() + length(body) > limit.bytes()) {
            overflow.run();
            return;
        }
        bodies.incrementAndGet();
        bytes.addAndGet(length(body));
        next.add(body);
        if (next.size() == 1) {
            flushWhenDue();
        }
    }

    private static int length(Optional<byte[]> body) {
        return body.map(copy -> copy.length).orElse(0);
    }

    private void flushWhenDue() {
        Duration since =
                lastNanos.map(last -> Duration.ofNanos(time.nanoTime() - last)).orElse(PAUSE);
        if (since.compareTo(PAUSE) >= 0) {
            flush();
        } else {
            timers.schedule(PAUSE.minus(since), this::flush);
        }
    }

    /** Hands over now what waits for its turn. Completed. */
    Future<Void> flush() {
        List<Optional<byte[]>> batch = next;
        next = new ArrayList<>();
        lastNanos = Optional.of(time.nanoTime());
        home.run(() -> batch.forEach(this::take));
        return Future.succeededFuture();
    }

    private void take(Optional<byte[]> body) {
        bodies.decrementAndGet();
        bytes.addAndGet(-length(body));
        taker.accept(body);
    }
}
