package io.cloudland.callback.http;

import static io.cloudland.callback.http.Results.resultOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.cloudland.callback.model.Delivery;
import io.cloudland.callback.model.SigningSecret;
import io.cloudland.callback.time.VirtualTimers;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Real requests, signed at each attempt with the secrets of that moment. */
@ExtendWith(VertxExtension.class)
class HttpAttemptSenderSigningTest {

    private static final SignatureVerdict VALID = new SignatureVerdict.Valid();

    private final VirtualTimers time = new VirtualTimers();
    private final AtomicReference<List<SigningSecret>> secrets = new AtomicReference<>(List.of(Signing.SHARED));
    private RawServer server;

    @BeforeEach
    void start(Vertx vertx) {
        server = new RawServer(vertx, RawServer.always(RawServer.OK));
    }

    private SenderUnderTest sender(Vertx vertx) {
        return new SenderUnderTest(vertx, Deliveries.endpoint(server.url()), secrets::get, time);
    }

    private SignatureVerdict verdict(int request, Instant now, SigningSecret secret) {
        return new SignatureVerifier(List.of(secret), SignatureVerifier.TOLERANCE)
                .verify(CapturedRequest.of(server.requests().get(request)).signed(), now);
    }

    @Test
    void the_bytes_on_the_wire_are_what_is_signed(Vertx vertx) {
        try (SenderUnderTest sender = sender(vertx)) {
            sender.send();
        }
        assertThat(verdict(0, time.now(), Signing.SHARED)).isEqualTo(VALID);
        assertThat(server.requests().get(0)).contains("webhook-id: evt_1\r\n");
    }

    @Test
    void every_attempt_has_a_timestamp_and_a_signature_of_its_own_and_the_same_id(Vertx vertx) {
        Delivery delivery = Deliveries.delivery();
        try (SenderUnderTest sender = sender(vertx)) {
            resultOf(sender.begin(delivery, 1));
            time.advance(Duration.ofHours(1));
            resultOf(sender.begin(delivery, 2));
        }
        assertThat(verdict(0, time.now().minus(Duration.ofHours(1)), Signing.SHARED))
                .isEqualTo(VALID);
        assertThat(verdict(1, time.now(), Signing.SHARED)).isEqualTo(VALID);
        assertThat(server.requests())
                .extracting(text -> CapturedRequest.of(text).header("webhook-id"))
                .containsExactly("evt_1", "evt_1");
        assertThat(server.requests())
                .extracting(text -> CapturedRequest.of(text).header("webhook-signature"))
                .doesNotHaveDuplicates();
    }

    @Test
    void a_changed_secret_is_in_force_from_the_next_attempt_on(Vertx vertx) {
        try (SenderUnderTest sender = sender(vertx)) {
            sender.send();
            secrets.set(List.of(Signing.OTHER, Signing.SHARED));
            sender.send();
            secrets.set(List.of(Signing.OTHER));
            sender.send();
        }
        assertThat(verdict(0, time.now(), Signing.OTHER)).isNotEqualTo(VALID);
        assertThat(verdict(1, time.now(), Signing.OTHER)).isEqualTo(VALID);
        assertThat(verdict(1, time.now(), Signing.SHARED)).isEqualTo(VALID);
        assertThat(verdict(2, time.now(), Signing.OTHER)).isEqualTo(VALID);
        assertThat(verdict(2, time.now(), Signing.SHARED)).isNotEqualTo(VALID);
    }

    @Test
    void without_a_secret_there_is_no_signature_header(Vertx vertx) {
        secrets.set(List.of());
        try (SenderUnderTest sender = sender(vertx)) {
            sender.send();
        }
        assertThat(server.requests().get(0)).doesNotContainIgnoringCase("webhook-signature");
    }
}
