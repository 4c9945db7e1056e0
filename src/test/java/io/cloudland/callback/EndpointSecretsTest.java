package io.cloudland.callback;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudland.callback.model.Endpoint;
import io.cloudland.callback.model.Samples;
import io.cloudland.callback.model.SigningSecret;
import java.util.Base64;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** Which secrets sign while the configuration changes under senders that go on for a while. */
class EndpointSecretsTest {

    private static final List<SigningSecret> OLD = secret(1);
    private static final List<SigningSecret> NEW = secret(2);
    private static final Endpoint HERE =
            Samples.endpoint("https://here.example/").withSecrets(OLD);
    private static final Endpoint MOVED =
            Samples.endpoint("https://moved.example/").withSecrets(NEW);

    private final EndpointSecrets secrets = new EndpointSecrets(List.of(HERE));
    private final Supplier<List<SigningSecret>> sender = secrets.of(HERE);

    private static List<SigningSecret> secret(int key) {
        byte[] bytes = new byte[32];
        bytes[0] = (byte) key;
        return List.of(SigningSecret.parse("whsec_" + Base64.getEncoder().encodeToString(bytes))
                .orElseThrow());
    }

    @Test
    void another_secret_is_in_force_at_once_where_nothing_else_changes() {
        assertThat(sender.get()).isSameAs(OLD);
        assertThat(secrets.use(List.of(HERE.withSecrets(NEW)))).containsExactly("default");
        assertThat(sender.get()).isSameAs(NEW);
    }

    @Test
    void a_secret_that_comes_with_another_address_signs_nothing_that_still_goes_to_the_old_one() {
        secrets.use(List.of(HERE.withSecrets(NEW)));
        assertThat(sender.get()).isSameAs(NEW);
        secrets.use(List.of(MOVED.withSecrets(OLD)));

        assertThat(sender.get()).isSameAs(NEW);
        assertThat(secrets.of(MOVED).get()).isSameAs(OLD);
    }

    @Test
    void who_is_taken_out_signs_on_with_what_it_had_and_who_comes_back_with_the_new() {
        secrets.use(List.of());
        assertThat(sender.get()).isSameAs(OLD);
        secrets.use(List.of(HERE.withSecrets(NEW)));
        assertThat(sender.get()).isSameAs(NEW);
    }
}
