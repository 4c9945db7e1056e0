package io.cloudland.callback;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cloudland.callback.http.SignatureVerdict;
import io.cloudland.callback.http.SignatureVerifier;
import io.cloudland.callback.http.SignedRequest;
import io.cloudland.callback.model.SigningSecret;
import io.cloudland.callback.receiver.Receiver;
import io.cloudland.callback.receiver.ReceiverOptions;
import io.cloudland.callback.receiver.SignatureCheck;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.junit5.VertxExtension;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A secret changes under the running service, and the receivers follow without a refused callback. */
@ExtendWith(VertxExtension.class)
class SigningReloadTest {

    private static final String OLD = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    private static final String NEW = "whsec_dGhlLW5ldy1vbmUtb2YtdHdvLXNlY3JldHM=";

    @TempDir
    Path directory;

    private Path file;
    private Receiver receiver;

    private static SignatureCheck checking(String secret) {
        SignatureVerifier verifier =
                new SignatureVerifier(List.of(SigningSecret.parse(secret).orElseThrow()), SignatureVerifier.TOLERANCE);
        return (headers, body, now) -> problem(verifier.verify(signed(headers, body), now));
    }

    private static SignedRequest signed(MultiMap headers, byte[] body) {
        return new SignedRequest(
                Optional.ofNullable(headers.get("webhook-id")),
                Optional.ofNullable(headers.get("webhook-timestamp")),
                Optional.ofNullable(headers.get("webhook-signature")),
                body);
    }

    private static Optional<String> problem(SignatureVerdict verdict) {
        return verdict instanceof SignatureVerdict.Invalid invalid ? Optional.of(invalid.why()) : Optional.empty();
    }

    private void configure(String secrets) throws Exception {
        Files.writeString(
                file,
                "[callback]\nurl = '" + receiver.url() + "'\nretry_interval = 1\nretry_max = 100\n" + secrets
                        + "\n[callback.store]\ntype = 'memory'\n");
    }

    private static void send(Vertx vertx, int id) throws Exception {
        JsonObject command = new JsonObject()
                .put("command", "action_vm '" + id + "' 'running'")
                .put("resource", new JsonObject().put("resource_uuid", "uuid-" + id));
        vertx.eventBus().request("callback.commands", command).await(10, SECONDS);
    }

    @Test
    void a_new_secret_reaches_the_senders_without_a_restart(Vertx vertx) throws Exception {
        file = directory.resolve("config.toml");
        SignatureCheck old = checking(OLD);
        SignatureCheck fresh = checking(NEW);
        SignatureCheck[] receivers = {old};
        SignatureCheck check = (MultiMap headers, byte[] body, Instant now) -> receivers[0].problem(headers, body, now);
        receiver = Receiver.start(vertx, ReceiverOptions.onFreePort().withSignatureCheck(check))
                .await(10, SECONDS);
        configure("secret = '" + OLD + "'");
        JsonObject config = new JsonObject().put("config-path", file.toString());
        vertx.deployVerticle(new CallbackVerticle(), new DeploymentOptions().setConfig(config))
                .await(30, SECONDS);

        send(vertx, 1);
        await().untilAsserted(() -> assertThat(receiver.signatures().valid()).isEqualTo(1));

        receivers[0] = fresh;
        send(vertx, 2);
        await().untilAsserted(() -> assertThat(receiver.signatures().invalid()).isPositive());

        configure("secrets = ['" + NEW + "', '" + OLD + "']");
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(receiver.report().unique()).isEqualTo(2));
        receivers[0] = old;
        send(vertx, 3);
        await().untilAsserted(() -> assertThat(receiver.report().unique()).isEqualTo(3));
    }
}
