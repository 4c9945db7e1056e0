package io.cloudland.callback.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.standardwebhooks.Webhook;
import io.cloudland.callback.model.SigningSecret;
import java.nio.charset.StandardCharsets;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;

class RequestSignerPropertyTest {

    @Property(tries = 200)
    void another_implementation_signs_alike(@ForAll String body, @ForAll @Size(32) byte[] key) throws Exception {
        SigningSecret secret = SigningSecret.of(SigningSecret.Kind.SHARED, key);
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        assertThat(new RequestSigner(List.of(secret)).sign(Signing.ID, Signing.TIMESTAMP, bytes))
                .isEqualTo(new Webhook(secret.secret().value())
                        .sign(Signing.ID, Signing.TIMESTAMP, new String(bytes, StandardCharsets.UTF_8)));
    }
}
