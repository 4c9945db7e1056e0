package io.cloudland.callback.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.standardwebhooks.Webhook;
import io.cloudland.callback.model.SigningSecret;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Against the vectors of the standard, and against another implementation of it. */
class RequestSignerTest {

    private static String sign(SigningSecret... secrets) {
        return new RequestSigner(List.of(secrets)).sign(Signing.ID, Signing.TIMESTAMP, Signing.BODY);
    }

    @Test
    void the_vector_of_v1() {
        assertThat(sign(Signing.SHARED)).isEqualTo(Signing.V1);
    }

    @Test
    void the_vector_of_v1a() {
        assertThat(sign(Signing.KEY_PAIR)).isEqualTo(Signing.V1A);
    }

    @Test
    void several_secrets_sign_at_once_in_their_order_parted_by_a_blank() {
        assertThat(sign(Signing.SHARED, Signing.KEY_PAIR)).isEqualTo(Signing.V1 + " " + Signing.V1A);
        assertThat(sign(Signing.OTHER, Signing.SHARED))
                .endsWith(" " + Signing.V1)
                .hasSize(2 * Signing.V1.length() + 1);
    }

    @Test
    void no_secret_signs_nothing() {
        assertThat(sign()).isEmpty();
    }

    @Test
    void a_public_key_cannot_sign() {
        assertThatThrownBy(() -> sign(Signing.PUBLIC_KEY)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void id_timestamp_and_every_byte_of_the_body_are_signed() {
        RequestSigner signer = new RequestSigner(List.of(Signing.SHARED));
        assertThat(List.of(
                        signer.sign(Signing.ID, Signing.TIMESTAMP, Signing.BODY),
                        signer.sign(Signing.ID + "x", Signing.TIMESTAMP, Signing.BODY),
                        signer.sign(Signing.ID, Signing.TIMESTAMP + 1, Signing.BODY),
                        signer.sign(Signing.ID, Signing.TIMESTAMP, "{\"test\":2432232314}".getBytes()),
                        signer.sign(Signing.ID, Signing.TIMESTAMP, new byte[] {(byte) 0xff, 0, (byte) 0xfe}),
                        signer.sign(Signing.ID, Signing.TIMESTAMP, new byte[] {(byte) 0xfe, 0, (byte) 0xff})))
                .doesNotHaveDuplicates();
    }

    @Test
    void many_threads_share_a_signer() {
        RequestSigner signer = new RequestSigner(List.of(Signing.SHARED, Signing.KEY_PAIR));
        assertThat(IntStream.range(0, 400)
                        .parallel()
                        .mapToObj(i -> signer.sign(Signing.ID, Signing.TIMESTAMP, Signing.BODY)))
                .containsOnly(Signing.V1 + " " + Signing.V1A);
    }

    @Test
    void another_implementation_takes_what_is_signed_while_secrets_change() {
        long now = Instant.now().getEpochSecond();
        String body = "{\"hostname\": \"虚拟机\"}";
        String signatures = new RequestSigner(List.of(Signing.KEY_PAIR, Signing.OTHER, Signing.SHARED))
                .sign(Signing.ID, now, body.getBytes(StandardCharsets.UTF_8));
        HttpHeaders headers = HttpHeaders.of(
                Map.of(
                        "webhook-id", List.of(Signing.ID),
                        "webhook-timestamp", List.of(Long.toString(now)),
                        "webhook-signature", List.of(signatures)),
                (name, value) -> true);
        for (SigningSecret receivers : List.of(Signing.SHARED, Signing.OTHER)) {
            assertThatCode(() -> new Webhook(receivers.secret().value()).verify(body, headers))
                    .doesNotThrowAnyException();
        }
        assertThatThrownBy(() -> new Webhook("whsec_" + "A".repeat(32)).verify(body, headers))
                .hasMessageContaining("No matching signature");
    }
}
