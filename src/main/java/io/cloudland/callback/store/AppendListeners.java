package io.cloudland.callback.store;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The listeners of a store. One that fails harms neither the others nor the event, which is kept already. Thread-safe. */
public final class AppendListeners {

    private static final Logger log = LoggerFactory.getLogger("store");

    private final List<AppendListener> listeners = new CopyOnWriteArrayList<>();
    private final AtomicLong failures = new AtomicLong();

    public void add(AppendListener listener) {
        listeners.add(listener);
    }

    /** Does not tell it any more. */
    public void remove(AppendListener listener) {
        listeners.remove(listener);
    }

    /** Tells all of them that a slot has something new. */
    public void tell(int slot) {
        for (AppendListener listener : listeners) {
            try {
                listener.appended(slot);
            } catch (RuntimeException | Error defect) {
                failed(slot, defect);
            }
        }
    }

    private void failed(int slot, Throwable defect) {
        if (failures.getAndIncrement() == 0) {
            log.error(
                    "A listener failed when it heard that slot {} has something new; the event is kept, and delivered when"
                            + " the slot is read next. Further failures are counted only",
                    slot,
                    defect);
        }
    }

    /** How often a listener has failed. */
    public long failures() {
        return failures.get();
    }

    /** Forgets all of them. */
    public void clear() {
        listeners.clear();
    }
}
