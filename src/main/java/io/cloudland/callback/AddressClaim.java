package io.cloudland.callback;

import io.cloudland.callback.error.CallbackException;
import io.cloudland.callback.error.ErrorCode;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.shareddata.LocalMap;

/** Holds a prefix and an address for one service per Vert.x, so that a second one with the same addresses is told instead of mixed in. */
final class AddressClaim {

    private static final String MAP = "io.cloudland.callback.claims";

    private final LocalMap<String, String> claims;
    private final String prefix;
    private final String address;
    private boolean taken;

    AddressClaim(Vertx vertx, String prefix, String address) {
        this.claims = vertx.sharedData().getLocalMap(MAP);
        this.prefix = "prefix " + prefix;
        this.address = "address " + address;
    }

    Future<Void> take() {
        if (claims.putIfAbsent(prefix, "taken") != null) {
            return inUse(prefix);
        }
        if (claims.putIfAbsent(address, "taken") != null) {
            claims.remove(prefix);
            return inUse(address);
        }
        taken = true;
        return Future.succeededFuture();
    }

    private static Future<Void> inUse(String what) {
        return Future.failedFuture(new CallbackException(
                ErrorCode.CONFIG_INVALID,
                what + " is in use by another CloudLand Callback in this Vert.x; give each its own callback.prefix and"
                        + " callback.ingest.address"));
    }

    void release() {
        if (taken) {
            claims.remove(prefix);
            claims.remove(address);
            taken = false;
        }
    }
}
