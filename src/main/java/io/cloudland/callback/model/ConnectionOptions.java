package io.cloudland.callback.model;

import java.util.Optional;

/**
 * How an endpoint's connections are made.
 *
 * @param addresses to which addresses they may go
 * @param tls what they trust, show and accept
 * @param protocol the newest version of HTTP that is spoken
 * @param proxy through whom they go, where not straight
 */
public record ConnectionOptions(
        AddressRules addresses, TlsOptions tls, Protocol protocol, Optional<ProxyServer> proxy) {

    /** Straight over HTTP/1.1, to every address but those of metadata services. */
    public static final ConnectionOptions DEFAULT =
            new ConnectionOptions(AddressRules.DEFAULT, TlsOptions.DEFAULT, Protocol.HTTP_1_1, Optional.empty());

    /** The versions of HTTP. */
    public enum Protocol {
        HTTP_1_1("1.1"),
        /** Where both sides agree on it in the TLS handshake; HTTP/1.1 elsewhere. */
        HTTP_2("2");

        private final String wireName;

        Protocol(String wireName) {
            this.wireName = wireName;
        }

        /** The name in the configuration. */
        public String wireName() {
            return wireName;
        }
    }
}
