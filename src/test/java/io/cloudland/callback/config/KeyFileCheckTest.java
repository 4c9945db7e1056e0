package io.cloudland.callback.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.cloudland.callback.model.Secret;
import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.CertificateBuilder.Algorithm;
import io.netty.pkitesting.X509Bundle;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.junit5.VertxExtension;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.interfaces.ECPrivateKey;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Keys and certificates that the connections could not use are told of when the configuration is loaded. */
@ExtendWith(VertxExtension.class)
class KeyFileCheckTest {

    private static final String PASSWORD = "geheim";

    @TempDir
    Path directory;

    private static X509Bundle certified(Algorithm algorithm) throws Exception {
        return new CertificateBuilder()
                .subject("CN=cloudland")
                .setIsCertificateAuthority(true)
                .algorithm(algorithm)
                .buildSelfSigned();
    }

    private static String pem(String label, byte[] content) {
        return "-----BEGIN " + label + "-----\n" + Base64.getMimeEncoder().encodeToString(content) + "\n-----END "
                + label + "-----\n";
    }

    private static String pkcs8(PrivateKey key) {
        return pem("PRIVATE KEY", key.getEncoded());
    }

    /** What openssl writes with {@code -traditional}. */
    private static byte[] pkcs1(PrivateKey key) throws Exception {
        Der pkcs8 = new Der(key.getEncoded()).into(Der.SEQUENCE);
        pkcs8.number();
        pkcs8.next(Der.SEQUENCE);
        return pkcs8.next(Der.OCTETS);
    }

    /** What {@code openssl ecparam -genkey} writes for the curve P-256. */
    private static byte[] sec1(PrivateKey key) {
        byte[] secret = ((ECPrivateKey) key).getS().toByteArray();
        byte[] padded = new byte[32];
        int from = Math.max(0, secret.length - 32);
        System.arraycopy(secret, from, padded, 32 - secret.length + from, secret.length - from);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(HexFormat.of().parseHex("30310201010420"));
        bytes.writeBytes(padded);
        bytes.writeBytes(HexFormat.of().parseHex("a00a06082a8648ce3d030107"));
        return bytes.toByteArray();
    }

    private Optional<String> problem(String pem) throws Exception {
        return problem(Files.writeString(directory.resolve("client.pem"), pem));
    }

    private static Optional<String> problem(Path file) {
        return KeyFileCheck.key(new SourceFiles(), file, Optional.of(new Secret(PASSWORD)));
    }

    private static PemKeyCertOptions connections(String pem) {
        return new PemKeyCertOptions().addKeyValue(Buffer.buffer(pem)).addCertValue(Buffer.buffer(pem));
    }

    private void usable(String pem, Vertx vertx) throws Exception {
        assertThat(problem(pem)).isEmpty();
        assertThatCode(() -> connections(pem).getKeyManagerFactory(vertx)).doesNotThrowAnyException();
    }

    private void unusable(String pem, String problem, Vertx vertx) throws Exception {
        assertThat(problem(pem)).contains(problem);
        assertThatCode(() -> connections(pem).getKeyManagerFactory(vertx))
                .as("what is refused would not have worked")
                .isInstanceOf(Exception.class);
    }

    @ParameterizedTest
    @EnumSource(names = {"ecp256", "ecp384", "rsa2048"})
    void a_key_of_rsa_or_of_a_curve_is_read(Algorithm algorithm, Vertx vertx) throws Exception {
        X509Bundle bundle = certified(algorithm);
        usable(pkcs8(bundle.getKeyPair().getPrivate()) + bundle.getCertificatePEM(), vertx);
    }

    @Test
    void the_older_forms_of_keys_are_read(Vertx vertx) throws Exception {
        X509Bundle rsa = certified(Algorithm.rsa2048);
        usable(
                rsa.getCertificatePEM() + "\n"
                        + pem("RSA PRIVATE KEY", pkcs1(rsa.getKeyPair().getPrivate())),
                vertx);
        X509Bundle curve = certified(Algorithm.ecp256);
        String parameters = pem("EC PARAMETERS", HexFormat.of().parseHex("06082a8648ce3d030107"));
        String key = pem("EC PRIVATE KEY", sec1(curve.getKeyPair().getPrivate()));
        usable(parameters + key + curve.getCertificatePEM(), vertx);
    }

    @Test
    void a_locked_key_of_the_older_form_is_refused(Vertx vertx) throws Exception {
        X509Bundle rsa = certified(Algorithm.rsa2048);
        String key = pem("RSA PRIVATE KEY", pkcs1(rsa.getKeyPair().getPrivate()))
                .replaceFirst("\n", "\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES-256-CBC,00112233\n\n");
        unusable(key + rsa.getCertificatePEM(), "of which the key is locked; a PEM file must hold it open", vertx);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Ed25519", "RSASSA-PSS"})
    void a_key_of_another_kind_is_refused(String algorithm, Vertx vertx) throws Exception {
        PrivateKey key =
                KeyPairGenerator.getInstance(algorithm).generateKeyPair().getPrivate();
        String certificate = certified(Algorithm.ecp256).getCertificatePEM();
        unusable(pkcs8(key) + certificate, "of which the key is neither RSA nor EC", vertx);
    }

    @Test
    void what_is_torn_is_refused(Vertx vertx) throws Exception {
        X509Bundle bundle = certified(Algorithm.ecp256);
        String key = pkcs8(bundle.getKeyPair().getPrivate());
        String certificate = bundle.getCertificatePEM();
        String torn = "of which a part is torn or cannot be read";
        unusable(key + certificate.substring(0, certificate.length() / 2), torn, vertx);
        unusable(key.replaceFirst("\n.{8}", "\n") + certificate, torn, vertx);
        unusable(key + pem("CERTIFICATE", new byte[] {1, 2, 3}), torn, vertx);
        Path authorities = Files.writeString(directory.resolve("authorities.pem"), certificate.substring(0, 200));
        assertThat(KeyFileCheck.trust(new SourceFiles(), authorities, Optional.empty()))
                .contains(torn);
    }

    @ParameterizedTest
    @EnumSource(names = {"ecp256", "ecp384", "rsa2048"})
    void a_key_that_is_not_that_of_the_certificate_is_refused(Algorithm algorithm) throws Exception {
        String key = pkcs8(certified(algorithm).getKeyPair().getPrivate());
        assertThat(problem(key + certified(Algorithm.ecp256).getCertificatePEM()))
                .contains("of which the key is not that of its first certificate");
    }

    @ParameterizedTest
    @ValueSource(strings = {"JKS", "PKCS12"})
    void a_store_with_a_key_that_is_not_that_of_its_certificate_is_refused(String kind) throws Exception {
        X509Bundle ours = certified(Algorithm.ecp256);
        assertThat(problem(store(kind, ours, ours))).isEmpty();
        assertThat(problem(store(kind, ours, certified(Algorithm.ecp256))))
                .contains("of which the key is not that of its first certificate");
    }

    private Path store(String kind, X509Bundle key, X509Bundle certificate) throws Exception {
        KeyStore store = KeyStore.getInstance(kind);
        store.load(null, null);
        store.setKeyEntry(
                "client", key.getKeyPair().getPrivate(), PASSWORD.toCharArray(), new java.security.cert.Certificate[] {
                    certificate.getCertificate()
                });
        Path file = directory.resolve(kind.equals("JKS") ? "client.jks" : "client.p12");
        try (OutputStream out = Files.newOutputStream(file)) {
            store.store(out, PASSWORD.toCharArray());
        }
        return file;
    }

    @Test
    void the_problem_names_file_and_key_and_shows_nothing_of_what_is_in_it() throws Exception {
        String key = pkcs8(certified(Algorithm.rsa2048).getKeyPair().getPrivate());
        Path file = Files.writeString(
                directory.resolve("client.pem"),
                key + certified(Algorithm.rsa2048).getCertificatePEM());
        String problem = " names \"" + file.getFileName() + "\", of which the key is not that of its first certificate";
        assertThat(new ConfigFile(
                                directory,
                                ConfigFile.MINIMAL + "tls_key_store = '" + file
                                        + "'\n[callback.ingest.http]\nport = 8443\ntls_key_store = '" + file + "'\n")
                        .problems())
                .containsExactly(
                        "config.toml:3:17 callback.tls_key_store" + problem,
                        "config.toml:6:17 callback.ingest.http.tls_key_store" + problem);
    }
}
