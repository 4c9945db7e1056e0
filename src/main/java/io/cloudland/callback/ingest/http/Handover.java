package io.cloudland.callback.ingest.http;

import io.cloudland.callback.time.HomeContext;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * Brings what the proxy's loop has read home, in its order, and never more than may wait there: home may hang. The loop puts,
 * home takes.
 */
final class Handover {

    /**
     * What may wait.
     *
     * @param bodies so many
     * @param bytes all of them together
     */
    record Limit(int bodies, long bytes) {}

    private final HomeContext home;
    private final Limit limit;
    private final Consumer<Optional<byte[]>> taker;
    private final Runnable overflow;
    private final AtomicInteger bodies = new AtomicInteger();
    private final AtomicLong bytes = new AtomicLong();

    /**
     * @param taker takes each at home
     * @param overflow hears on the loop of each that there is no room for; it is gone
     */
    Handover(HomeContext home, Limit limit, Consumer<Optional<byte[]>> taker, Runnable overflow) {
        this.home = home;
        this.limit = limit;
        this.taker = taker;
        this.overflow = overflow;
    }

    void put(Optional<byte[]> body) {
        int length = body.map(copy -> copy.length).orElse(0);
        if (bodies.get() >= limit.bodies() || bytes.get() + length > limit.bytes()) {
            overflow.run();
            return;
        }
        bodies.incrementAndGet();
        bytes.addAndGet(length);
        home.run(() -> take(body, length));
    }

    private void take(Optional<byte[]> body, int length) {
        bodies.decrementAndGet();
        bytes.addAndGet(-length);
        taker.accept(body);
    }
}
