package io.cloudland.callback.delivery;

import io.cloudland.callback.observe.SafeListeners;
import io.cloudland.callback.store.EventStore;
import io.cloudland.callback.time.TimeSource;
import io.cloudland.callback.time.Timers;
import java.util.function.BooleanSupplier;

/**
 * What every lane works with.
 *
 * @param mayStart whether attempts may be started now
 */
record Surroundings(
        EventStore store, SafeListeners listeners, Timers timers, TimeSource time, BooleanSupplier mayStart) {}
