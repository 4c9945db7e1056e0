package io.cloudland.callback.http;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.internal.VertxInternal;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;

/**
 * Asks the resolver that Vert.x itself connects with: the hosts file, then the name servers, whose answers are kept for as
 * long as they say. It follows the host's {@code AddressResolverOptions}.
 */
final class VertxHostResolver implements HostResolver {

    private final VertxInternal vertx;

    VertxHostResolver(Vertx vertx) {
        this.vertx = (VertxInternal) vertx;
    }

    @Override
    public Future<List<InetAddress>> resolve(String name) {
        Promise<List<InetSocketAddress>> found = Promise.promise();
        vertx.nameResolver().resolveAll(name, found::handle);
        return found.future()
                .map(all -> all.stream().map(InetSocketAddress::getAddress).toList());
    }
}
