package io.cloudland.callback.lookup;

import static io.cloudland.callback.lookup.Outcomes.failureOf;
import static io.cloudland.callback.lookup.Outcomes.resultOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.cloudland.callback.config.LookupConfig;
import io.cloudland.callback.error.ErrorCode;
import io.cloudland.callback.model.ResourceSnapshot;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.NetSocket;
import io.vertx.core.net.SelfSignedCertificate;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/** TLS towards the database, which here ends in front of it, at a server with a certificate nobody trusts. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@EnabledIf(TestPostgres.CLIENT_FITS_VERTX)
class PostgresTlsTest {

    private final Vertx vertx = Vertx.vertx();
    private final SelfSignedCertificate certificate = SelfSignedCertificate.create("localhost");
    private TestPostgres database;
    private NetServer front;

    @BeforeAll
    void start(@TempDir Path data) throws Exception {
        database = new TestPostgres(data);
        front = resultOf(vertx.createNetServer(new NetServerOptions().setKeyCertOptions(certificate.keyCertOptions()))
                .connectHandler(this::startTls)
                .listen(0, "127.0.0.1"));
    }

    @AfterAll
    void stop() throws Exception {
        resultOf(vertx.close());
        database.close();
        certificate.delete();
    }

    /** The client's first 8 bytes ask for TLS; {@code S} grants it. */
    private void startTls(NetSocket client) {
        client.handler(asked -> {
            client.write(Buffer.buffer("S"));
            client.upgradeToSsl().onSuccess(encrypted -> forward(client));
        });
    }

    private void forward(NetSocket client) {
        client.pause();
        vertx.createNetClient().connect(database.port(), "127.0.0.1").onSuccess(server -> {
            client.pipeTo(server);
            server.pipeTo(client);
        });
    }

    @Test
    void sslmode_require_encrypts_without_looking_at_the_certificate() {
        assertThat(resultOf(ask(front.actualPort(), "require"))).isPresent();
    }

    @Test
    void the_verify_modes_refuse_a_certificate_that_nobody_trusts() {
        for (String mode : new String[] {"verify-ca", "verify-full"}) {
            failureOf(ask(front.actualPort(), mode), ErrorCode.LOOKUP_UNAVAILABLE);
        }
    }

    @Test
    void sslmode_require_refuses_a_server_without_tls() {
        assertThat(failureOf(ask(database.port(), "require"), ErrorCode.LOOKUP_UNAVAILABLE))
                .hasMessageContaining("instance/123");
    }

    private Future<Optional<ResourceSnapshot>> ask(int port, String sslMode) {
        String uri = "postgresql://postgres@localhost:" + port + "/postgres?sslmode=" + sslMode;
        LookupConfig.PostgreSql config =
                new LookupConfig.PostgreSql(uri, Optional.empty(), 1, Duration.ofSeconds(10), Duration.ofSeconds(1));
        ResourceLookup lookup = new PostgresLookup(vertx, new CloudLandDatabase(config));
        return lookup.find(Samples.instance(123), Samples.command("launch_vm")).onComplete(done -> lookup.close());
    }
}
