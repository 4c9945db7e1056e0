package io.cloudland.callback.lookup;

import io.cloudland.callback.config.LookupConfig;
import io.cloudland.callback.time.Backoff;
import io.cloudland.callback.time.Timers;
import io.vertx.core.Vertx;
import java.time.Duration;

/** Makes the lookup that the configuration asks for. */
public final class Lookups {

    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);

    private Lookups() {}

    /**
     * A lookup that first reads the message's own snapshot and then asks the configured source, again and again until it
     * answers.
     *
     * <p>The result is confined to one event loop: call {@code find} and {@code close} from the context that uses it, which
     * is also where its futures complete. Nothing connects before the first {@code find}.
     *
     * @throws io.cloudland.callback.error.CallbackException {@code CONFIG_INVALID} where the database uri cannot be read
     */
    public static ResourceLookup of(LookupConfig config, Vertx vertx, Timers timers) {
        return new CarriedLookup(source(config, vertx, timers));
    }

    private static ResourceLookup source(LookupConfig config, Vertx vertx, Timers timers) {
        if (config instanceof LookupConfig.EventBus bus) {
            ResourceLookup host = new EventBusLookup(vertx, bus.address(), bus.timeout());
            return new RetryingLookup(host, timers, new Backoff(bus.retryInterval(), LONGEST_PAUSE));
        }
        if (config instanceof LookupConfig.PostgreSql database) {
            ResourceLookup rows = new PostgresLookup(vertx, new CloudLandDatabase(database));
            return new RetryingLookup(rows, timers, new Backoff(database.retryInterval(), LONGEST_PAUSE));
        }
        return new NoLookup();
    }
}
