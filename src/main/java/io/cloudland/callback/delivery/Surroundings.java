package io.cloudland.callback.delivery;

import io.cloudland.callback.observe.SafeListeners;
import io.cloudland.callback.store.EventStore;
import io.cloudland.callback.time.TimeSource;
import io.cloudland.callback.time.Timers;

/** What every lane works with. */
record Surroundings(EventStore store, SafeListeners listeners, Timers timers, TimeSource time) {}
