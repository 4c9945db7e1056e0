package io.cloudland.callback.http;

import io.vertx.core.Future;
import java.net.InetAddress;
import java.util.List;

/** Finds the addresses of a host. */
@FunctionalInterface
interface HostResolver {

    /**
     * Asks for the addresses behind a name.
     *
     * @return all of them, at least one, in the order of preference; completes on the caller's context
     */
    Future<List<InetAddress>> resolve(String name);
}
