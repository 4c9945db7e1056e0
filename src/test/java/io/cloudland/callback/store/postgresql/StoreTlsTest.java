package io.cloudland.callback.store.postgresql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cloudland.callback.error.ErrorCode;
import io.cloudland.callback.http.TestAuthority;
import io.cloudland.callback.model.Retention;
import io.cloudland.callback.time.TimeSource;
import io.netty.pkitesting.X509Bundle;
import io.vertx.core.Vertx;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/** A PostgreSQL that speaks TLS, with a certificate for "localhost" of an authority that only the test knows. */
@EnabledIf(StorePostgres.CLIENT_FITS_VERTX)
class StoreTlsTest {

    private static final String TRUST_STORE = "javax.net.ssl.trustStore";
    private static final String TRUST_STORE_PASSWORD = "javax.net.ssl.trustStorePassword";

    @TempDir
    static Path directory;

    private static TestAuthority authority;
    private static EmbeddedPostgres database;
    private static EmbeddedPostgres plain;
    private static Vertx vertx;

    @BeforeAll
    static void start() throws Exception {
        authority = new TestAuthority("the store's authority");
        X509Bundle identity = authority.issue("localhost");
        Path certificate = Files.writeString(directory.resolve("server.crt"), identity.getCertificatePathPEM());
        Path key = Files.writeString(directory.resolve("server.key"), identity.getPrivateKeyPEM());
        Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-------"));
        database = EmbeddedPostgres.builder()
                .setServerConfig("ssl", "on")
                .setServerConfig("ssl_cert_file", certificate.toString())
                .setServerConfig("ssl_key_file", key.toString())
                .start();
        plain = EmbeddedPostgres.start();
        vertx = Vertx.vertx();
    }

    @AfterAll
    static void stop() throws Exception {
        Use.await(vertx.close());
        database.close();
        plain.close();
    }

    @AfterEach
    void forgetTrust() {
        System.clearProperty(TRUST_STORE);
        System.clearProperty(TRUST_STORE_PASSWORD);
    }

    private static void trustTheAuthority() throws Exception {
        System.setProperty(TRUST_STORE, authority.trustFile(directory, ".p12").toString());
        System.setProperty(TRUST_STORE_PASSWORD, TestAuthority.PASSWORD);
    }

    private static PostgresEventStore store(String host, int port, String sslMode) {
        return new PostgresEventStore(
                vertx,
                new PostgresSettings(
                        "postgresql://postgres@" + host + ":" + port + "/postgres?sslmode=" + sslMode,
                        Optional.empty(),
                        "tls",
                        "node",
                        1,
                        Duration.ofSeconds(10),
                        Duration.ofSeconds(5),
                        Duration.ZERO,
                        Duration.ofSeconds(10),
                        100,
                        Retention.ofDeadLetters(10),
                        Duration.ofDays(1)),
                TimeSource.system());
    }

    private static void assertWorks(String sslMode) throws Exception {
        PostgresEventStore store = store("localhost", database.getPort(), sslMode);
        Use.await(store.open());
        Use.appended(store, 1, "running");
        try (var connection = database.getPostgresDatabase().getConnection();
                var statement = connection.createStatement();
                var rows = statement.executeQuery(
                        "select count(*), bool_and(ssl) from pg_stat_ssl s join pg_stat_activity a"
                                + " using (pid) where application_name = 'cloudland-callback-store'")) {
            rows.next();
            assertThat(rows.getInt(1)).isPositive();
            assertThat(rows.getBoolean(2)).as("all of them encrypted").isTrue();
        }
        Use.await(store.close());
    }

    private static void assertRefusedAtOnce(PostgresEventStore store) {
        assertThatThrownBy(() -> Use.await(store.open()))
                .hasMessageContainingAll(ErrorCode.STORE_FAILED.name(), "cannot be opened in PostgreSQL");
    }

    @Test
    void verify_full_takes_a_certificate_of_a_trusted_authority_for_this_host() throws Exception {
        trustTheAuthority();

        assertWorks("verify-full");
    }

    @Test
    void verify_full_refuses_a_certificate_for_another_host_verify_ca_takes_it() throws Exception {
        trustTheAuthority();

        assertRefusedAtOnce(store("127.0.0.1", database.getPort(), "verify-full"));
        PostgresEventStore lenient = store("127.0.0.1", database.getPort(), "verify-ca");
        Use.await(lenient.open());
        Use.await(lenient.close());
    }

    @Test
    void the_verify_modes_refuse_an_authority_that_nobody_trusts() {
        assertRefusedAtOnce(store("localhost", database.getPort(), "verify-full"));
        assertRefusedAtOnce(store("localhost", database.getPort(), "verify-ca"));
    }

    @Test
    void require_encrypts_and_looks_at_nothing() throws Exception {
        assertWorks("require");
    }

    @Test
    void require_refuses_a_server_without_tls() {
        assertRefusedAtOnce(store("localhost", plain.getPort(), "require"));
    }
}
