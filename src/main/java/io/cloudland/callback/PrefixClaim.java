package io.cloudland.callback;

import io.cloudland.callback.error.CallbackException;
import io.cloudland.callback.error.ErrorCode;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.shareddata.LocalMap;

/** Holds a prefix for one service per Vert.x, so that a second one with the same addresses is told instead of mixed in. */
final class PrefixClaim {

    private static final String MAP = "io.cloudland.callback.prefixes";

    private final LocalMap<String, String> claims;
    private final String prefix;
    private boolean taken;

    PrefixClaim(Vertx vertx, String prefix) {
        this.claims = vertx.sharedData().getLocalMap(MAP);
        this.prefix = prefix;
    }

    Future<Void> take() {
        taken = claims.putIfAbsent(prefix, "taken") == null;
        return taken
                ? Future.succeededFuture()
                : Future.failedFuture(new CallbackException(
                        ErrorCode.CONFIG_INVALID,
                        "callback.prefix \"" + prefix + "\" is in use by another CloudLand Callback in this Vert.x;"
                                + " give each its own prefix"));
    }

    void release() {
        if (taken) {
            claims.remove(prefix);
            taken = false;
        }
    }
}
