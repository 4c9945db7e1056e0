package io.cloudland.callback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cloudland.callback.http.SignatureVerdict;
import io.cloudland.callback.http.SignatureVerifier;
import io.cloudland.callback.http.SignedRequest;
import io.cloudland.callback.model.AttemptFilter;
import io.cloudland.callback.model.DeadLetterFilter;
import io.cloudland.callback.model.LoggedAttempt;
import io.cloudland.callback.model.SigningSecret;
import io.cloudland.callback.receiver.Receiver;
import io.cloudland.callback.receiver.ReceiverOptions;
import io.cloudland.callback.receiver.Report;
import io.cloudland.callback.receiver.SignatureCheck;
import io.cloudland.callback.time.TimeSource;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.Message;
import io.vertx.core.json.JsonObject;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/** The wall clock of sender and receiver jumps amid load, and the account at the receiver is that of a day without jumps. */
class ClockJumpEndToEndTest {

    private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    private static final int INSTANCES = 15;
    private static final List<Duration> JUMPS = List.of(
            Duration.ofHours(1),
            Duration.ofHours(-2),
            Duration.ofDays(400),
            Duration.ofDays(-400),
            Duration.ofDays(-18_000));

    private static final class Shifted implements TimeSource {
        private volatile Duration shift = Duration.ZERO;

        @Override
        public Instant now() {
            return Instant.now().plus(shift);
        }

        @Override
        public long nanoTime() {
            return System.nanoTime();
        }
    }

    private final Shifted time = new Shifted();
    private final Vertx vertx = Vertx.vertx();
    private final Vertx receiving = Vertx.vertx();
    private Receiver receiver;
    private CallbackVerticle callback = service();

    @TempDir
    Path directory;

    @AfterEach
    void close() throws Exception {
        get(vertx.close());
        get(receiving.close());
    }

    private static <T> T get(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(60, TimeUnit.SECONDS);
    }

    private static SignatureCheck checking() {
        SignatureVerifier verifier =
                new SignatureVerifier(List.of(SigningSecret.parse(SECRET).orElseThrow()), SignatureVerifier.TOLERANCE);
        return (headers, body, now) ->
                verifier.verify(signed(headers, body), now) instanceof SignatureVerdict.Invalid invalid
                        ? Optional.of(invalid.why())
                        : Optional.empty();
    }

    private static SignedRequest signed(MultiMap headers, byte[] body) {
        return new SignedRequest(
                Optional.ofNullable(headers.get("webhook-id")),
                Optional.ofNullable(headers.get("webhook-timestamp")),
                Optional.ofNullable(headers.get("webhook-signature")),
                body);
    }

    private CallbackVerticle service() {
        return new CallbackVerticle(List.of(), List.of(), time);
    }

    @Test
    void with_the_memory_store() throws Exception {
        survivesJumps(new JsonObject().put("type", "memory"), false);
    }

    @Test
    void with_the_store_on_disk_and_a_restart_with_the_clock_set_back() throws Exception {
        survivesJumps(
                new JsonObject()
                        .put("type", "rocksdb")
                        .put("path", directory.resolve("store").toString()),
                true);
    }

    @Test
    @EnabledIf("io.cloudland.callback.lookup.TestPostgres#clientFitsVertx")
    void with_the_store_in_postgresql_and_a_restart_with_the_clock_set_back() throws Exception {
        try (EmbeddedPostgres server = EmbeddedPostgres.builder()
                .setDataDirectory(directory.resolve("data"))
                .start()) {
            survivesJumps(
                    new JsonObject()
                            .put("type", "postgresql")
                            .put("uri", "postgresql://postgres@127.0.0.1:" + server.getPort() + "/postgres"),
                    true);
        }
    }

    private void survivesJumps(JsonObject store, boolean restarts) throws Exception {
        receiver = get(Receiver.start(
                receiving,
                ReceiverOptions.onFreePort()
                        .withTime(time)
                        .withFaults("status=500@20%")
                        .withSignatureCheck(checking())));
        String deployed = deploy(store);
        int sent = 0;
        for (Duration jump : JUMPS) {
            sent += load();
            time.shift = time.shift.plus(jump);
            sent += load();
        }
        if (restarts) {
            get(vertx.undeploy(deployed));
            time.shift = time.shift.minus(Duration.ofHours(1));
            callback = service();
            deployed = deploy(store);
            sent += load();
        }
        audit(sent);
        get(vertx.undeploy(deployed));
    }

    private String deploy(JsonObject store) throws Exception {
        return get(vertx.deployVerticle(
                callback,
                new CallbackOptions()
                        .setUrl(receiver.url())
                        .setRetryInterval(Duration.ofSeconds(1))
                        .setRetryMax(1_000)
                        .set("secret", SECRET)
                        .set("retry_max_age", 3_600)
                        .set("shutdown_timeout", 2)
                        .set("store", store)
                        .toDeploymentOptions()));
    }

    /** Not waited for: the next jump comes while they are under way. */
    private int load() throws Exception {
        List<Future<?>> accepted = new ArrayList<>();
        for (int instance = 1; instance <= INSTANCES; instance++) {
            JsonObject snapshot =
                    new JsonObject().put("resource_uuid", "uuid-" + instance).put("metadata", new JsonObject());
            JsonObject command = new JsonObject()
                    .put("command", "action_vm '" + instance + "' 'running'")
                    .put("resource", snapshot);
            accepted.add(vertx.eventBus()
                    .<JsonObject>request("callback.commands", command)
                    .map(Message::body));
        }
        get(Future.all(accepted));
        return INSTANCES;
    }

    private void audit(int sent) throws Exception {
        await().atMost(Duration.ofSeconds(90))
                .untilAsserted(() -> assertThat(receiver.report().unique()).isEqualTo(sent));
        Report report = receiver.report();
        assertThat(report.outOfOrder()).as("out of order").isZero();
        assertThat(report.missing()).as("missing").isZero();
        assertThat(report.chainBreaks()).as("broken chains of states").isZero();
        assertThat(report.rejected()).as("retries").isPositive();
        assertThat(report.epochs()).isEqualTo(1);
        assertThat(receiver.signatures().valid()).isGreaterThanOrEqualTo(sent);
        // One that was signed before a jump and came after it has an old signature, and its retry a new one.
        assertThat(receiver.signatures().invalid()).isLessThanOrEqualTo((long) INSTANCES * (JUMPS.size() + 1));
        assertThat(get(callback.service().deadLetters(DeadLetterFilter.all(), 10)))
                .isEmpty();
        List<LoggedAttempt> attempts = get(callback.service().attempts(AttemptFilter.all(), 10_000));
        assertThat(attempts).hasSizeGreaterThanOrEqualTo(sent);
    }
}
