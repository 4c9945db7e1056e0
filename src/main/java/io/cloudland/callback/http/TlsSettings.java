package io.cloudland.callback.http;

import io.cloudland.callback.error.CallbackException;
import io.cloudland.callback.error.ErrorCode;
import io.cloudland.callback.model.Endpoint;
import io.cloudland.callback.model.Secret;
import io.cloudland.callback.model.TlsOptions;
import io.cloudland.callback.model.TlsOptions.KeyFile;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.net.JksOptions;
import io.vertx.core.net.KeyCertOptions;
import io.vertx.core.net.NetClientOptions;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.core.net.PfxOptions;
import io.vertx.core.net.TrustOptions;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Tells the HTTP client whom an endpoint's TLS connections trust, what they show and which versions they speak. */
final class TlsSettings {

    private TlsSettings() {}

    static void apply(Endpoint endpoint, HttpClientOptions options) {
        TlsOptions tls = endpoint.connection().tls();
        options.setEnabledSecureTransportProtocols(versions(tls.minVersion()))
                .setTrustAll(endpoint.tlsInsecureSkipVerify())
                .setVerifyHost(!endpoint.tlsInsecureSkipVerify())
                // A name without a dot goes unasked for otherwise.
                .setForceSni(tls.serverName().isPresent());
        tls.client().ifPresent(file -> options.setKeyCertOptions(key(file)));
        if (!endpoint.tlsInsecureSkipVerify()) {
            tls.trust().ifPresent(file -> options.setTrustOptions(trust(file)));
        }
    }

    /**
     * To a proxy: its certificate is always checked, for its password passes there; what we would show to the endpoint is not
     * for it.
     */
    static void applyToProxy(TlsOptions tls, NetClientOptions options) {
        options.setSsl(true)
                .setEnabledSecureTransportProtocols(versions(tls.minVersion()))
                .setHostnameVerificationAlgorithm("HTTPS");
        tls.trust().ifPresent(file -> options.setTrustOptions(trust(file)));
    }

    private static Set<String> versions(TlsOptions.Version min) {
        return switch (min) {
            case TLS_1_2 -> new LinkedHashSet<>(List.of("TLSv1.3", "TLSv1.2"));
            case TLS_1_3 -> Set.of("TLSv1.3");
        };
    }

    static TrustOptions trust(KeyFile file) {
        String path = file.path().toString();
        return switch (kind(file)) {
            case PEM -> new PemTrustOptions().addCertPath(path);
            case JKS -> new JksOptions().setPath(path).setPassword(password(file));
            case PKCS12 -> new PfxOptions().setPath(path).setPassword(password(file));
        };
    }

    /** A PEM file holds both, the key and the certificate with what leads up to the authority. */
    static KeyCertOptions key(KeyFile file) {
        String path = file.path().toString();
        return switch (kind(file)) {
            case PEM -> new PemKeyCertOptions().addKeyPath(path).addCertPath(path);
            case JKS -> new JksOptions().setPath(path).setPassword(password(file));
            case PKCS12 -> new PfxOptions().setPath(path).setPassword(password(file));
        };
    }

    private static KeyFile.Kind kind(KeyFile file) {
        return KeyFile.kindOf(file.path())
                .orElseThrow(() -> new CallbackException(
                        ErrorCode.CONFIG_INVALID, file.path() + " must end in .pem, .crt, .cer, .jks, .p12 or .pfx"));
    }

    private static @Nullable String password(KeyFile file) {
        return file.password().map(Secret::value).orElse(null);
    }
}
