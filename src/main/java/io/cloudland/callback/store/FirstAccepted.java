package io.cloudland.callback.store;

import io.cloudland.callback.model.Delivery;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/**
 * The first so many of the deliveries offered, in order of acceptance. Those of one slot are offered in order, so that a
 * slot can be left as soon as {@link #wants} says no. One thread.
 */
public final class FirstAccepted {

    private static final Comparator<Delivery> ORDER =
            Comparator.comparingLong(Delivery::position).thenComparing(Delivery::endpoint);

    private final int limit;
    private final PriorityQueue<Delivery> lastFirst = new PriorityQueue<>(ORDER.reversed());

    public FirstAccepted(int limit) {
        this.limit = limit;
    }

    /** Whether one at that position could still be among the first. */
    public boolean wants(long position) {
        return lastFirst.size() < limit || position <= lastFirst.element().position();
    }

    public void offer(Delivery delivery) {
        lastFirst.add(delivery);
        if (lastFirst.size() > limit) {
            lastFirst.remove();
        }
    }

    public List<Delivery> inOrder() {
        return lastFirst.stream().sorted(ORDER).toList();
    }
}
