package io.cloudland.callback.http;

import io.cloudland.callback.model.TlsOptions.KeyFile;
import io.vertx.core.http.ClientAuth;
import io.vertx.core.net.NetServerOptions;
import java.util.Optional;
import java.util.Set;

/** TLS of what listens. */
public final class ServerTls {

    private ServerTls() {}

    /**
     * Sets what is needed, or nothing.
     *
     * @param key our certificate and key; empty for no TLS
     * @param clients the authorities of clients, who must show a certificate then
     */
    public static void apply(Optional<KeyFile> key, Optional<KeyFile> clients, NetServerOptions options) {
        key.ifPresent(file -> options.setSsl(true)
                .setKeyCertOptions(TlsSettings.key(file))
                .setEnabledSecureTransportProtocols(Set.of("TLSv1.3", "TLSv1.2")));
        clients.ifPresent(
                file -> options.setTrustOptions(TlsSettings.trust(file)).setClientAuth(ClientAuth.REQUIRED));
    }
}
