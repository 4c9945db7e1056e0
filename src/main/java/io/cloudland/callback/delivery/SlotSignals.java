package io.cloudland.callback.delivery;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.function.Consumer;
import java.util.function.IntConsumer;

/**
 * Carries "this slot has something new" from any thread to one event loop, so that a thousand appends cost one wake-up.
 */
final class SlotSignals {

    private final AtomicLongArray raised = new AtomicLongArray(4);
    private final AtomicBoolean scheduled = new AtomicBoolean();
    private final Consumer<Runnable> loop;
    private final IntConsumer handler;

    /**
     * @param loop runs something on the event loop
     * @param handler called there for each slot that was raised
     */
    SlotSignals(Consumer<Runnable> loop, IntConsumer handler) {
        this.loop = loop;
        this.handler = handler;
    }

    /** May be called from any thread. */
    void raise(int slot) {
        raised.getAndUpdate(slot >>> 6, bits -> bits | 1L << (slot & 63));
        if (scheduled.compareAndSet(false, true)) {
            loop.accept(this::handleRaised);
        }
    }

    private void handleRaised() {
        scheduled.set(false); // Before the reading: a slot raised from here on schedules anew.
        for (int word = 0; word < raised.length(); word++) {
            handleBits(word << 6, raised.getAndSet(word, 0));
        }
    }

    private void handleBits(int firstSlot, long bits) {
        for (long rest = bits; rest != 0; rest &= rest - 1) {
            handler.accept(firstSlot + Long.numberOfTrailingZeros(rest));
        }
    }
}
