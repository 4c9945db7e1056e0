package io.cloudland.callback.delivery;

import io.cloudland.callback.observe.DeliveryListener;
import io.cloudland.callback.store.EventStore;
import io.cloudland.callback.time.TimeSource;
import io.cloudland.callback.time.Timers;

/** What every lane works with. */
record Surroundings(EventStore store, DeliveryListener listener, Timers timers, TimeSource time) {}
