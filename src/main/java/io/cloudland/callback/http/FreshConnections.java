package io.cloudland.callback.http;

import io.vertx.core.http.HttpConnection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;

/** The connections that have not carried a request yet. Confined to the sender's event loop. */
final class FreshConnections {

    private final Set<HttpConnection> fresh = Collections.newSetFromMap(new IdentityHashMap<>());

    void opened(HttpConnection connection) {
        // What goes wrong on a connection is the outcome of its attempt; the client need not log it as well.
        connection.exceptionHandler(reported -> {});
        connection.closeHandler(closed -> fresh.remove(connection));
        fresh.add(connection);
    }

    /** Notes that a connection carries a request; false where it carried one before. */
    boolean use(HttpConnection connection) {
        return fresh.remove(connection);
    }
}
