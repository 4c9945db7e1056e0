package io.cloudland.callback.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cloudland.callback.model.SigningSecret;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SignatureVerifierTest {

    private static final SignatureVerdict VALID = new SignatureVerdict.Valid();

    private static SignatureVerdict verify(SignedRequest request, Instant now, SigningSecret... secrets) {
        return new SignatureVerifier(List.of(secrets), SignatureVerifier.TOLERANCE).verify(request, now);
    }

    private static String why(SignedRequest request, Instant now, SigningSecret... secrets) {
        return ((SignatureVerdict.Invalid) verify(request, now, secrets)).why();
    }

    private static SignedRequest at(String timestamp) {
        return new SignedRequest(
                Optional.of(Signing.ID), Optional.of(timestamp), Optional.of(Signing.V1), Signing.BODY);
    }

    @Test
    void the_vectors_hold_with_the_secret_the_key_pair_and_the_public_key() {
        assertThat(verify(Signing.request(Signing.V1), Signing.THEN, Signing.SHARED))
                .isEqualTo(VALID);
        assertThat(verify(Signing.request(Signing.V1A), Signing.THEN, Signing.KEY_PAIR))
                .isEqualTo(VALID);
        assertThat(verify(Signing.request(Signing.V1A), Signing.THEN, Signing.PUBLIC_KEY))
                .isEqualTo(VALID);
    }

    @Test
    void any_entry_of_the_list_and_any_of_the_secrets_is_enough() {
        SignedRequest request = Signing.request("v1,AAAA v2,what  v1,!!! " + Signing.V1);
        assertThat(verify(request, Signing.THEN, Signing.PUBLIC_KEY, Signing.OTHER, Signing.SHARED))
                .isEqualTo(VALID);
    }

    @Test
    void a_secret_without_its_prefix_is_the_same_secret() {
        SigningSecret bare = Signing.secret("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");
        assertThat(bare).isEqualTo(Signing.SHARED);
        assertThat(verify(Signing.request(Signing.V1), Signing.THEN, bare)).isEqualTo(VALID);
    }

    @Test
    void a_missing_or_blank_header_is_named() {
        Optional<String> none = Optional.empty();
        Optional<String> id = Optional.of(Signing.ID);
        Optional<String> then = Optional.of("1614265330");
        byte[] body = Signing.BODY;
        assertThat(why(new SignedRequest(none, then, Optional.of(Signing.V1), body), Signing.THEN, Signing.SHARED))
                .isEqualTo("there is no webhook-id header");
        assertThat(why(new SignedRequest(id, none, Optional.of(Signing.V1), body), Signing.THEN, Signing.SHARED))
                .isEqualTo("there is no webhook-timestamp header");
        assertThat(why(new SignedRequest(id, then, none, body), Signing.THEN, Signing.SHARED))
                .isEqualTo("there is no webhook-signature header");
        assertThat(why(Signing.request(" "), Signing.THEN, Signing.SHARED))
                .isEqualTo("there is no webhook-signature header");
    }

    @Test
    void a_timestamp_may_lie_five_minutes_off_either_way_and_no_second_more() {
        SignedRequest request = Signing.request(Signing.V1);
        assertThat(verify(request, Signing.THEN.plusSeconds(300), Signing.SHARED))
                .isEqualTo(VALID);
        assertThat(verify(request, Signing.THEN.minusSeconds(300), Signing.SHARED))
                .isEqualTo(VALID);
        assertThat(why(request, Signing.THEN.plusSeconds(301), Signing.SHARED))
                .startsWith("webhook-timestamp is 301 s old, which is more than the 300 s allowed");
        assertThat(why(request, Signing.THEN.minusSeconds(301), Signing.SHARED))
                .startsWith("webhook-timestamp is 301 s in the future");
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "1614265330.5", "-1614265330", " 1614265330", "99999999999999999999", "１６１４２６５３３０"})
    void a_timestamp_that_is_no_whole_number_is_told(String timestamp) {
        assertThat(why(at(timestamp), Signing.THEN, Signing.SHARED))
                .isEqualTo("webhook-timestamp is not a whole number of seconds");
    }

    @Test
    void another_secret_and_another_body_are_told_alike() {
        String otherSecret = why(Signing.request(Signing.V1), Signing.THEN, Signing.OTHER);
        SignedRequest changed = new SignedRequest(
                Optional.of(Signing.ID),
                Optional.of("1614265330"),
                Optional.of(Signing.V1 + " " + Signing.V1A),
                "{\"test\": 2432232315}".getBytes(StandardCharsets.UTF_8));
        assertThat(otherSecret).startsWith("no signature matches").contains("cannot be told apart");
        assertThat(why(changed, Signing.THEN, Signing.SHARED, Signing.PUBLIC_KEY))
                .isEqualTo(otherSecret);
    }

    @Test
    void a_header_without_a_signature_that_the_secret_checks_is_told() {
        assertThat(why(Signing.request(Signing.V1A), Signing.THEN, Signing.SHARED))
                .isEqualTo("webhook-signature holds no v1 entry, which the secret given checks");
        assertThat(why(Signing.request(Signing.V1), Signing.THEN, Signing.PUBLIC_KEY))
                .isEqualTo("webhook-signature holds no v1a entry, which the secret given checks");
        assertThat(why(Signing.request("v2,AAAA"), Signing.THEN, Signing.SHARED, Signing.PUBLIC_KEY))
                .isEqualTo("webhook-signature holds no v1 or v1a entry, which the secret given checks");
    }

    @Test
    void a_v1a_signature_of_the_wrong_length_matches_nothing() {
        assertThat(why(Signing.request("v1a,AAAA"), Signing.THEN, Signing.PUBLIC_KEY))
                .startsWith("no signature matches");
    }

    @Test
    void no_reason_holds_a_secret_or_the_body() {
        assertThat(why(Signing.request(Signing.V1), Signing.THEN, Signing.OTHER))
                .doesNotContain("2432232314")
                .doesNotContain(Signing.OTHER.secret().value().substring(6));
    }

    @Test
    void a_verifier_without_a_secret_cannot_be_made() {
        assertThatThrownBy(() -> new SignatureVerifier(List.of(), SignatureVerifier.TOLERANCE))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void new_keys_sign_and_check() {
        SigningSecret shared = SigningKeys.newSharedSecret();
        SigningSecret pair = SigningKeys.newKeyPair();
        assertThat(SigningSecret.parse(shared.secret().value())).contains(shared);
        assertThat(SigningSecret.parse(pair.secret().value())).contains(pair);
        assertThat(SigningKeys.publicKeyOf(Signing.KEY_PAIR)).isEqualTo(Signing.PUBLIC_KEY);
        String signatures = new RequestSigner(List.of(shared, pair)).sign(Signing.ID, Signing.TIMESTAMP, Signing.BODY);
        assertThat(verify(Signing.request(signatures), Signing.THEN, shared)).isEqualTo(VALID);
        assertThat(verify(Signing.request(signatures), Signing.THEN, SigningKeys.publicKeyOf(pair)))
                .isEqualTo(VALID);
        assertThat(SigningKeys.newSharedSecret()).isNotEqualTo(shared);
        assertThat(SigningKeys.newKeyPair()).isNotEqualTo(pair);
    }
}
