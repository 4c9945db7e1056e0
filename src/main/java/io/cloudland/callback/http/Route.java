package io.cloudland.callback.http;

import io.netty.util.NetUtil;
import io.vertx.core.http.RequestOptions;
import java.net.InetAddress;

/** Whether and how a request gets to its endpoint. */
sealed interface Route {

    /**
     * The request may go; where it goes straight, the address that was checked is in it.
     *
     * @param request shared by all requests that go there
     */
    record To(RequestOptions request) implements Route {}

    /**
     * The request may not go.
     *
     * @param reason names host, address and rule
     */
    record Refused(String reason) implements Route {

        static Refused of(String host, InetAddress address, String rule) {
            String numeric = NetUtil.toAddressString(address);
            return of(host.equals(numeric) ? host : host + " is " + numeric, rule);
        }

        static Refused of(String where, String rule) {
            return new Refused("address refused: " + where + ", forbidden by " + rule);
        }
    }
}
