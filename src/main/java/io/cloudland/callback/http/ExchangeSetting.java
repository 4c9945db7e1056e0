package io.cloudland.callback.http;

import io.cloudland.callback.time.Timers;
import io.vertx.core.Context;
import io.vertx.core.http.HttpClient;
import java.time.Duration;
import java.util.Set;

/**
 * What the attempts of one sender share.
 *
 * @param underWay every attempt that has not ended
 */
record ExchangeSetting(
        Context context,
        HttpClient client,
        Target target,
        Routes routes,
        FreshConnections fresh,
        RequestHeaders headers,
        Duration timeout,
        Timers timers,
        Set<Exchange> underWay) {}
