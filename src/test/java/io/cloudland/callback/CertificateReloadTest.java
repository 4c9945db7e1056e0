package io.cloudland.callback;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cloudland.callback.http.TestAuthority;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Vertx;
import io.vertx.core.http.ClientAuth;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.junit5.VertxExtension;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A certificate is renewed in its file under the running service, and is the one that is shown from then on. */
@ExtendWith(VertxExtension.class)
class CertificateReloadTest {

    private static final TestAuthority AUTHORITY = new TestAuthority("Test Authority");

    @TempDir
    Path directory;

    private final List<String> shown = new CopyOnWriteArrayList<>();
    private Vertx vertx;
    private Path authority;
    private int port;

    @BeforeEach
    void listen(Vertx started) throws Exception {
        vertx = started;
        authority = AUTHORITY.trustFile(directory, ".pem");
        String server = TestAuthority.keyFile(
                        Files.createDirectory(directory.resolve("server")), ".pem", AUTHORITY.issue("localhost"))
                .toString();
        HttpServerOptions options = new HttpServerOptions()
                .setSsl(true)
                .setKeyCertOptions(new PemKeyCertOptions().addKeyPath(server).addCertPath(server))
                .setTrustOptions(new PemTrustOptions().addCertPath(authority.toString()))
                .setClientAuth(ClientAuth.REQUIRED);
        port = vertx.createHttpServer(options)
                .requestHandler(this::answer)
                .listen(0, "localhost")
                .await(10, SECONDS)
                .actualPort();
    }

    private void answer(HttpServerRequest request) {
        try {
            X509Certificate client =
                    (X509Certificate) request.connection().sslSession().getPeerCertificates()[0];
            shown.add(client.getSubjectX500Principal().getName());
            request.response().end();
        } catch (SSLPeerUnverifiedException nobody) {
            request.response().setStatusCode(500).end();
        }
    }

    private JsonObject file(Path key) throws Exception {
        Path file = Files.writeString(
                directory.resolve("config.toml"),
                "[callback]\nurl = 'https://localhost:" + port + "/'\nretry_interval = 1\nretry_max = 100\n"
                        + "tls_trust_store = '" + authority + "'\ntls_key_store = '" + key
                        + "'\n[callback.store]\ntype = 'memory'\n");
        return new JsonObject().put("config-path", file.toString());
    }

    /** What a host hands over that has no configuration file. */
    private JsonObject options(Path key) {
        return new CallbackOptions()
                .setUrl("https://localhost:" + port + "/")
                .set("tls_trust_store", authority.toString())
                .set("tls_key_store", key.toString())
                .setMemoryStore()
                .toJson();
    }

    private void start(JsonObject config) throws Exception {
        vertx.deployVerticle(new CallbackVerticle(), new DeploymentOptions().setConfig(config))
                .await(30, SECONDS);
    }

    private void send() throws Exception {
        JsonObject command = new JsonObject()
                .put("command", "action_vm '7' 'running'")
                .put("resource", new JsonObject().put("resource_uuid", "uuid-7"));
        vertx.eventBus().request("callback.commands", command).await(10, SECONDS);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void a_renewed_client_certificate_is_shown_without_a_restart(boolean fromFile) throws Exception {
        Path key = TestAuthority.keyFile(directory, ".pem", AUTHORITY.issue("old.example"));
        start(fromFile ? file(key) : options(key));
        send();
        await().untilAsserted(() -> assertThat(shown).containsExactly("CN=old.example"));

        TestAuthority.keyFile(directory, ".pem", AUTHORITY.issue("new.example"));

        await().atMost(Duration.ofSeconds(30))
                .pollInterval(Duration.ofMillis(200))
                .until(() -> {
                    send();
                    return shown.contains("CN=new.example");
                });
    }
}
