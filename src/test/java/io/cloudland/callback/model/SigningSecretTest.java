package io.cloudland.callback.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SigningSecretTest {

    private static final String PAIR =
            "whsk_6Xb/dCcHpPea21PS1N9VY/NZW723CEc77N4rJCubMbfVKIDij2HKpMKkioLlX0dRqSKJp4AJ6p9lMicMFs6Kvg==";

    private static String shared(int bytes) {
        return "whsec_" + Base64.getEncoder().encodeToString(new byte[bytes]);
    }

    @ParameterizedTest
    @ValueSource(ints = {24, 25, 32, 63, 64})
    void a_shared_secret_has_24_to_64_bytes(int bytes) {
        assertThat(SigningSecret.parse(shared(bytes)))
                .hasValueSatisfying(secret -> assertThat(secret.bytes()).hasSize(bytes));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 23, 65, 1000})
    void any_other_length_is_refused(int bytes) {
        assertThat(SigningSecret.parse(shared(bytes))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "whsec_",
                "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLa-_",
                "whsec_ MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
                "whsk_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
                "whpk_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
                "whxx_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
            })
    void what_is_no_base64_of_the_right_length_is_refused(String text) {
        assertThat(SigningSecret.parse(text)).isEmpty();
    }

    @Test
    void a_key_pair_whose_halves_do_not_belong_together_is_refused() {
        assertThat(SigningSecret.parse(PAIR)).isPresent();
        byte[] bytes = Base64.getDecoder().decode(PAIR.substring(5));
        bytes[0] ^= 1;
        assertThat(SigningSecret.parse("whsk_" + Base64.getEncoder().encodeToString(bytes)))
                .isEmpty();
    }

    @Test
    void its_text_form_is_never_shown() {
        assertThat(SigningSecret.parse(PAIR).orElseThrow()).hasToString("***");
    }
}
