package io.cloudland.callback.http;

import io.cloudland.callback.model.Ed25519;
import io.cloudland.callback.model.SigningSecret;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.interfaces.EdECPrivateKey;
import java.util.Arrays;

/** Makes new secrets to sign with. */
public final class SigningKeys {

    private static final int SHARED_BYTES = 32;

    private SigningKeys() {}

    /** A new shared secret of 32 random bytes. */
    public static SigningSecret newSharedSecret() {
        byte[] bytes = new byte[SHARED_BYTES];
        new SecureRandom().nextBytes(bytes);
        return SigningSecret.of(SigningSecret.Kind.SHARED, bytes);
    }

    /** A new Ed25519 key pair. */
    public static SigningSecret newKeyPair() {
        try {
            KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
            byte[] encoded = pair.getPublic().getEncoded();
            byte[] both = Arrays.copyOf(seed(pair), 2 * Ed25519.KEY_BYTES);
            System.arraycopy(encoded, encoded.length - Ed25519.KEY_BYTES, both, Ed25519.KEY_BYTES, Ed25519.KEY_BYTES);
            return SigningSecret.of(SigningSecret.Kind.KEY_PAIR, both);
        } catch (GeneralSecurityException defect) {
            throw new IllegalStateException("this JDK makes no Ed25519 keys", defect);
        }
    }

    private static byte[] seed(KeyPair pair) {
        return ((EdECPrivateKey) pair.getPrivate()).getBytes().orElseThrow();
    }

    /** What a receiver gets to check the signatures of a key pair with. */
    public static SigningSecret publicKeyOf(SigningSecret keyPair) {
        return SigningSecret.of(SigningSecret.Kind.PUBLIC_KEY, keyPair.publicKey());
    }
}
