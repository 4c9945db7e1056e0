package io.cloudland.callback.time;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.PriorityQueue;

/** Time that only a test moves: {@link Timers} and {@link TimeSource} in one, so that both clocks agree. */
public final class VirtualTimers implements Timers, TimeSource {

    private record Scheduled(long dueNanos, long order, Runnable action) {}

    private final PriorityQueue<Scheduled> queue =
            new PriorityQueue<>(Comparator.comparingLong(Scheduled::dueNanos).thenComparingLong(Scheduled::order));
    private volatile Instant start = Instant.parse("2025-10-30T10:30:00Z");
    private long nowNanos;
    private long order;

    @Override
    public synchronized Cancellable schedule(Duration delay, Runnable action) {
        Scheduled scheduled = new Scheduled(nowNanos + delay.toNanos(), order++, action);
        queue.add(scheduled);
        return () -> remove(scheduled);
    }

    private synchronized void remove(Scheduled scheduled) {
        queue.remove(scheduled);
    }

    /** Moves time on, running whatever falls due on the way, in order of due time, on the calling thread. */
    public void advance(Duration by) {
        long target = nowNanos + by.toNanos();
        for (Scheduled next = nextDueBy(target); next != null; next = nextDueBy(target)) {
            nowNanos = next.dueNanos();
            next.action().run();
        }
        nowNanos = target;
    }

    private synchronized Scheduled nextDueBy(long target) {
        Scheduled head = queue.peek();
        return head != null && head.dueNanos() <= target ? queue.poll() : null;
    }

    /** The wall clock jumps; nothing else does. */
    public void jump(Duration by) {
        start = start.plus(by);
    }

    /** The wall clock jumps there. */
    public void jumpTo(Instant wall) {
        jump(Duration.between(now(), wall));
    }

    /** How many runs are scheduled and not yet due or cancelled. */
    public synchronized int scheduled() {
        return queue.size();
    }

    @Override
    public Instant now() {
        return start.plusNanos(nowNanos);
    }

    @Override
    public long nanoTime() {
        return nowNanos;
    }
}
