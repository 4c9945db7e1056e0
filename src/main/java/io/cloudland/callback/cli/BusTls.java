package io.cloudland.callback.cli;

import io.vertx.core.eventbus.EventBusOptions;
import io.vertx.core.http.ClientAuth;
import java.util.Optional;

/**
 * Judges the TLS of the clustered event bus. Vert.x trusts every certificate there unless it is told otherwise, and never looks at
 * names: so half a configuration would encrypt, and let everybody in. Pure.
 */
final class BusTls {

    private BusTls() {}

    /** Why these options must not be used; empty where they may. */
    static Optional<String> problem(EventBusOptions options) {
        if (!options.isSsl()) {
            return Optional.empty();
        }
        if (options.isTrustAll()) {
            return Optional.of(wrong("\"trustAll\" must be false: by default Vert.x trusts every certificate here"));
        }
        if (options.getTrustOptions() == null) {
            return Optional.of(wrong("\"pemTrustOptions\" must name the authority of the cluster's own certificates"));
        }
        if (options.getKeyCertOptions() == null) {
            return Optional.of(wrong("\"pemKeyCertOptions\" must name this node's certificate and key"));
        }
        if (options.getClientAuth() != ClientAuth.REQUIRED) {
            return Optional.of(wrong(
                    "\"clientAuth\" must be \"REQUIRED\": without it anybody who reaches the port can send commands"));
        }
        return Optional.empty();
    }

    private static String wrong(String what) {
        return "the event bus's TLS (eventBusOptions in -options): " + what + "; see conf/cluster-tls.json";
    }

    /** What to warn of; empty where there is nothing. */
    static Optional<String> warning(EventBusOptions options) {
        String host = String.valueOf(options.getHost());
        boolean loopback = host.startsWith("127.") || host.equals("localhost") || host.equals("::1");
        return options.isSsl() || loopback
                ? Optional.empty()
                : Optional.of("the event bus listens on " + host
                        + " without TLS: whoever reaches it can read and send commands; see conf/cluster-tls.json");
    }
}
