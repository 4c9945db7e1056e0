package io.cloudland.callback.http;

import io.vertx.core.http.HttpClient;

/**
 * What the attempts of one sender share.
 *
 * @param underWay every attempt that has not ended
 */
record ExchangeSetting(
        NextTurn nextTurn,
        HttpClient client,
        Target target,
        Routes routes,
        FreshConnections fresh,
        RequestHeaders headers,
        UnderWay underWay) {}
