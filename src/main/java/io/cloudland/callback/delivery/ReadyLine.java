package io.cloudland.callback.delivery;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * The resources of a lane whose turn may come: those with a first attempt before those with a retry, so that what fails does
 * not hold up what is new. While a retry waits it gets every eighth place, or a busy lane would keep it waiting for ever.
 * Confined to its lane's context.
 */
final class ReadyLine {

    static final int FIRST_IN_A_ROW = 7;

    private final Deque<ResourceQueue> firstAttempts = new ArrayDeque<>();
    private final Deque<ResourceQueue> retries = new ArrayDeque<>();
    private int inARow;

    void addLast(ResourceQueue queue) {
        lineOf(queue).addLast(queue);
    }

    /** Gives one back that was next. */
    void addFirst(ResourceQueue queue) {
        lineOf(queue).addFirst(queue);
    }

    private Deque<ResourceQueue> lineOf(ResourceQueue queue) {
        return queue.isRetried() ? retries : firstAttempts;
    }

    boolean isEmpty() {
        return firstAttempts.isEmpty() && retries.isEmpty();
    }

    /** Takes out the one whose turn it is. */
    ResourceQueue removeFirst() {
        boolean retry = !retries.isEmpty() && (firstAttempts.isEmpty() || inARow >= FIRST_IN_A_ROW);
        inARow = retry || retries.isEmpty() ? 0 : inARow + 1;
        return retry ? retries.removeFirst() : firstAttempts.removeFirst();
    }

    void clear() {
        firstAttempts.clear();
        retries.clear();
    }
}
