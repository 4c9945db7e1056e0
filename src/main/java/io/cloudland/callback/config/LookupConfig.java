package io.cloudland.callback.config;

import io.cloudland.callback.model.Secret;
import java.time.Duration;
import java.util.Optional;

/** {@code [callback.lookup]}: who knows the resource when the message does not carry it. */
public sealed interface LookupConfig {

    /** {@code type = "message"}: nobody else; commands carry their snapshot. */
    record Message() implements LookupConfig {}

    /**
     * {@code type = "event-bus"}: the host answers on an address.
     *
     * @param retryInterval the pause before a lookup that failed is asked again
     */
    record EventBus(String address, Duration timeout, Duration retryInterval) implements LookupConfig {}

    /**
     * {@code type = "postgresql"}: CloudLand's own database.
     *
     * @param uri {@code postgresql://user@host:port/database}
     * @param password kept out of the uri so that it can come from the environment or a file
     * @param retryInterval the pause before a lookup that failed is asked again
     */
    record PostgreSql(String uri, Optional<Secret> password, int poolSize, Duration timeout, Duration retryInterval)
            implements LookupConfig {}
}
