package io.cloudland.callback.http;

import io.cloudland.callback.model.SigningSecret;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;

/** The vectors of Standard Webhooks that the tests of this room need. */
final class Signing {

    static final SigningSecret SHARED = secret("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");
    static final SigningSecret OTHER = secret("whsec_dGhlLW5ldy1vbmUtb2YtdHdvLXNlY3JldHM=");
    static final SigningSecret KEY_PAIR =
            secret("whsk_6Xb/dCcHpPea21PS1N9VY/NZW723CEc77N4rJCubMbfVKIDij2HKpMKkioLlX0dRqSKJp4AJ6p9lMicMFs6Kvg==");
    static final SigningSecret PUBLIC_KEY = secret("whpk_1SiA4o9hyqTCpIqC5V9HUakiiaeACeqfZTInDBbOir4=");

    static final String ID = "msg_p5jXN8AQM9LWM0D4loKWxJek";
    static final long TIMESTAMP = 1614265330;
    static final Instant THEN = Instant.ofEpochSecond(TIMESTAMP);
    static final byte[] BODY = "{\"test\": 2432232314}".getBytes(StandardCharsets.UTF_8);
    static final String V1 = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=";
    static final String V1A =
            "v1a,hnO3f9T8Ytu9HwrXslvumlUpqtNVqkhqw/enGzPCXe5BdqzCInXqYXFymVJaA7AZdpXwVLPo3mNl8EM+m7TBAg==";

    private Signing() {}

    static SigningSecret secret(String text) {
        return SigningSecret.parse(text).orElseThrow();
    }

    static SignedRequest request(String signature) {
        return new SignedRequest(Optional.of(ID), Optional.of(Long.toString(TIMESTAMP)), Optional.of(signature), BODY);
    }
}
