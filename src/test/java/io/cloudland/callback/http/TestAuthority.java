package io.cloudland.callback.http;

import io.cloudland.callback.model.Secret;
import io.cloudland.callback.model.TlsOptions;
import io.cloudland.callback.model.TlsOptions.KeyFile;
import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/** A certificate authority of a test: issues certificates and writes them into files of every kind. */
public final class TestAuthority {

    /** What opens the stores that are written here. */
    public static final String PASSWORD = "geheim";

    private final X509Bundle root;

    public TestAuthority(String name) {
        root = made(() -> new CertificateBuilder()
                .subject("CN=" + name)
                .setIsCertificateAuthority(true)
                .ecp256()
                .buildSelfSigned());
    }

    private interface Making<T> {
        T make() throws Exception;
    }

    private static <T> T made(Making<T> making) {
        try {
            return making.make();
        } catch (Exception failure) {
            throw new AssertionError(failure);
        }
    }

    /** A certificate for a host; a name or an address. */
    public X509Bundle issue(String host) {
        return issue(host, Instant.now().plus(1, ChronoUnit.DAYS));
    }

    X509Bundle issue(String host, Instant until) {
        CertificateBuilder builder = new CertificateBuilder()
                .subject("CN=" + host)
                .notBefore(until.minus(30, ChronoUnit.DAYS))
                .notAfter(until)
                .ecp256();
        boolean address = HostLiteral.parse(host).isPresent();
        return made(() -> (address ? builder.addSanIpAddress(host) : builder.addSanDnsName(host)).buildIssuedBy(root));
    }

    /** A server that shows this certificate. */
    static NetServerOptions server(X509Bundle certificate) {
        return new NetServerOptions().setSsl(true).setKeyCertOptions(shown(certificate));
    }

    static PemKeyCertOptions shown(X509Bundle certificate) {
        return new PemKeyCertOptions()
                .addKeyValue(Buffer.buffer(certificate.getPrivateKeyPEM()))
                .addCertValue(Buffer.buffer(certificate.getCertificatePathPEM()));
    }

    PemTrustOptions trusted() {
        return new PemTrustOptions().addCertValue(Buffer.buffer(root.getCertificatePEM()));
    }

    /** Writes the authority's certificate into a file whose ending tells the kind. */
    public Path trustFile(Path directory, String ending) {
        Path file = directory.resolve("authority" + ending);
        return ending.equals(".pem")
                ? made(() -> Files.writeString(file, root.getCertificatePEM()))
                : store(file, null, root.getCertificate());
    }

    /** Writes a certificate and its key into a file whose ending tells the kind. */
    public static Path keyFile(Path directory, String ending, X509Bundle certificate) {
        Path file = directory.resolve("client" + ending);
        String pem = certificate.getPrivateKeyPEM() + "\n" + certificate.getCertificatePathPEM();
        return ending.equals(".pem")
                ? made(() -> Files.writeString(file, pem))
                : store(file, certificate, certificate.getCertificatePath());
    }

    private static Path store(Path file, X509Bundle key, Certificate... chain) {
        return made(() -> {
            KeyStore store = KeyStore.getInstance(file.toString().endsWith(".jks") ? "JKS" : "PKCS12");
            store.load(null, null);
            if (key == null) {
                store.setCertificateEntry("authority", chain[0]);
            } else {
                store.setKeyEntry("client", key.getKeyPair().getPrivate(), PASSWORD.toCharArray(), chain);
            }
            try (OutputStream out = Files.newOutputStream(file)) {
                store.store(out, PASSWORD.toCharArray());
            }
            return file;
        });
    }

    private static KeyFile opened(Path file) {
        return new KeyFile(
                file, file.toString().endsWith(".pem") ? Optional.empty() : Optional.of(new Secret(PASSWORD)));
    }

    static TlsOptions trusting(Path file) {
        return new TlsOptions(
                Optional.of(opened(file)), Optional.empty(), TlsOptions.Version.TLS_1_2, Optional.empty());
    }

    static TlsOptions showing(Path trust, Path client) {
        return new TlsOptions(
                Optional.of(opened(trust)), Optional.of(opened(client)), TlsOptions.Version.TLS_1_2, Optional.empty());
    }

    static TlsOptions atLeast(TlsOptions.Version version, Path trust) {
        return new TlsOptions(Optional.of(opened(trust)), Optional.empty(), version, Optional.empty());
    }

    static TlsOptions naming(String serverName, Path trust) {
        return new TlsOptions(
                Optional.of(opened(trust)), Optional.empty(), TlsOptions.Version.TLS_1_2, Optional.of(serverName));
    }
}
