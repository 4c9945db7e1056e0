package io.cloudland.callback.http;

import io.vertx.core.http.HttpClient;

/**
 * What the exchanges of one sender share.
 *
 * @param underWay every exchange that has not ended
 */
record ExchangeSetting(
        NextTurn nextTurn,
        HttpClient client,
        Target target,
        Routes routes,
        FreshConnections fresh,
        SilentConnections silent,
        UnderWay underWay) {}
