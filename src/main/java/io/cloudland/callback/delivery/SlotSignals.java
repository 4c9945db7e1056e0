package io.cloudland.callback.delivery;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries "this slot has something new" from any thread to one event loop, so that a thousand appends cost one wake-up.
 */
final class SlotSignals {

    private static final Logger log = LoggerFactory.getLogger("delivery");

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
            schedule(slot);
        }
    }

    /** Whoever appended must not suffer from a loop that takes nothing; the next signal tries again. */
    private void schedule(int slot) {
        try {
            loop.accept(this::handleRaised);
        } catch (RuntimeException | Error refused) {
            scheduled.set(false);
            log.warn("Slot {} could not be signalled: {}; it is read with the next event", slot, refused.toString());
        }
    }

    private void handleRaised() {
        scheduled.set(false); // Before the reading: a slot raised from here on schedules anew.
        for (int word = 0; word < raised.length(); word++) {
            handleBits(word << 6, raised.getAndSet(word, 0));
        }
    }

    /** What goes wrong with one slot must not cost the others their signal. */
    private void handle(int slot) {
        try {
            handler.accept(slot);
        } catch (RuntimeException | Error defect) {
            log.error("Slot {} could not be handled; it is read again at its next event", slot, defect);
        }
    }

    private void handleBits(int firstSlot, long bits) {
        for (long rest = bits; rest != 0; rest &= rest - 1) {
            handle(firstSlot + Long.numberOfTrailingZeros(rest));
        }
    }
}
