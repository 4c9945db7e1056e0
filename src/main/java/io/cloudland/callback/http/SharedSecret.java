package io.cloudland.callback.http;

import io.cloudland.callback.model.SigningSecret;
import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** HMAC-SHA256 with one shared secret. Immutable: each call has a {@code Mac} of its own, which may not be shared. */
final class SharedSecret {

    private static final String ALGORITHM = "HmacSHA256";

    private final SecretKeySpec key;

    SharedSecret(SigningSecret secret) {
        key = new SecretKeySpec(secret.bytes(), ALGORITHM);
    }

    byte[] mac(byte[] head, byte[] body) throws GeneralSecurityException {
        Mac mac = Mac.getInstance(ALGORITHM);
        mac.init(key);
        mac.update(head);
        return mac.doFinal(body);
    }
}
