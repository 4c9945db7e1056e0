package io.cloudland.callback.http;

import io.cloudland.callback.model.Ed25519;
import io.cloudland.callback.model.SigningSecret;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.util.Base64;
import java.util.List;
import java.util.StringJoiner;

/**
 * Signs requests as Standard Webhooks 1.0 has it: {@code v1} with HMAC-SHA256, {@code v1a} with Ed25519. Pure; immutable,
 * so any thread may use it.
 *
 * <p>With several secrets a request carries a signature of each, so that a receiver may change from one to the next at a
 * time of its own.
 */
public final class RequestSigner {

    /** One secret at work. */
    @FunctionalInterface
    private interface Key {
        String sign(byte[] head, byte[] body) throws GeneralSecurityException;
    }

    private final List<Key> keys;

    /**
     * A signer with these secrets.
     *
     * @throws IllegalArgumentException where one of them cannot sign
     */
    public RequestSigner(List<SigningSecret> secrets) {
        keys = secrets.stream().map(RequestSigner::key).toList();
    }

    private static Key key(SigningSecret secret) {
        return switch (secret.kind()) {
            case SHARED -> shared(new SharedSecret(secret));
            case KEY_PAIR -> keyPair(secret);
            case PUBLIC_KEY -> throw new IllegalArgumentException("a public key cannot sign");
        };
    }

    private static Key shared(SharedSecret secret) {
        return (head, body) -> SignatureHeader.SHARED + base64(secret.mac(head, body));
    }

    private static Key keyPair(SigningSecret secret) {
        try {
            PrivateKey key = Ed25519.privateKey(secret.seed());
            return (head, body) -> SignatureHeader.ED25519 + base64(Ed25519.sign(key, head, body));
        } catch (GeneralSecurityException unusable) {
            throw new IllegalArgumentException("an Ed25519 key cannot be used", unusable);
        }
    }

    private static String base64(byte[] signature) {
        return Base64.getEncoder().encodeToString(signature);
    }

    /**
     * The value of the {@code webhook-signature} header; empty where there is no secret.
     *
     * @param id the {@code webhook-id} header: the event's id, the same in every attempt
     * @param timestamp the {@code webhook-timestamp} header: Unix seconds of this attempt
     * @param body the exact bytes that go over the wire
     */
    public String sign(String id, long timestamp, byte[] body) {
        if (keys.isEmpty()) {
            return "";
        }
        byte[] head = SignatureHeader.signedHead(id, Long.toString(timestamp));
        StringJoiner signatures = new StringJoiner(" ");
        try {
            for (Key key : keys) {
                signatures.add(key.sign(head, body));
            }
        } catch (GeneralSecurityException defect) {
            throw new IllegalStateException("this JDK cannot sign", defect);
        }
        return signatures.toString();
    }
}
