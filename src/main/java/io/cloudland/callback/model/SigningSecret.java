package io.cloudland.callback.model;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;

/**
 * A key of Standard Webhooks that requests are signed or checked with. Its text form is always {@code ***}.
 *
 * @param kind what it can be used for
 * @param secret its text: the kind's prefix and standard base64
 */
public record SigningSecret(Kind kind, Secret secret) {

    /** What must hold for one that signs; completes "must be". */
    public static final String RULE =
            "\"whsec_\" and the base64 of 24 to 64 bytes, or \"whsk_\" and the base64 of an Ed25519 key pair of 64 bytes";

    /** What a key can be used for. */
    public enum Kind {
        /** Known to both sides: signs and checks {@code v1}, which is HMAC-SHA256. */
        SHARED("whsec_", 24, 64),
        /** An Ed25519 seed and its public key: signs and checks {@code v1a}. */
        KEY_PAIR("whsk_", 2 * Ed25519.KEY_BYTES, 2 * Ed25519.KEY_BYTES),
        /** An Ed25519 public key: checks {@code v1a} alone. */
        PUBLIC_KEY("whpk_", Ed25519.KEY_BYTES, Ed25519.KEY_BYTES);

        private final String prefix;
        private final int minBytes;
        private final int maxBytes;

        Kind(String prefix, int minBytes, int maxBytes) {
            this.prefix = prefix;
            this.minBytes = minBytes;
            this.maxBytes = maxBytes;
        }

        private static Kind of(String text) {
            return Arrays.stream(values())
                    .filter(kind -> text.startsWith(kind.prefix))
                    .findFirst()
                    .orElse(SHARED);
        }
    }

    /**
     * Reads a key's text; one without a prefix is a shared secret.
     *
     * @return empty where it is not base64, has the wrong length, or is a key pair whose halves do not belong together
     */
    public static Optional<SigningSecret> parse(String text) {
        Kind kind = Kind.of(text);
        String encoded = text.startsWith(kind.prefix) ? text.substring(kind.prefix.length()) : text;
        try {
            byte[] bytes = Base64.getDecoder().decode(encoded);
            return isSound(kind, bytes) ? Optional.of(of(kind, bytes)) : Optional.empty();
        } catch (IllegalArgumentException notBase64) {
            return Optional.empty();
        }
    }

    /** The key of that kind with these bytes. */
    public static SigningSecret of(Kind kind, byte[] bytes) {
        return new SigningSecret(
                kind, new Secret(kind.prefix + Base64.getEncoder().encodeToString(bytes)));
    }

    private static boolean isSound(Kind kind, byte[] bytes) {
        if (bytes.length < kind.minBytes || bytes.length > kind.maxBytes) {
            return false;
        }
        try {
            return switch (kind) {
                case SHARED -> true;
                case KEY_PAIR -> belongTogether(seedOf(bytes), publicKeyOf(bytes));
                case PUBLIC_KEY -> Ed25519.publicKey(bytes) != null;
            };
        } catch (GeneralSecurityException noKey) {
            return false;
        }
    }

    private static boolean belongTogether(byte[] seed, byte[] publicKey) throws GeneralSecurityException {
        byte[] signed = Ed25519.sign(Ed25519.privateKey(seed), publicKey);
        return Ed25519.isSigned(Ed25519.publicKey(publicKey), signed, publicKey);
    }

    /** Whether it can sign; a public key can only check. */
    public boolean signs() {
        return kind != Kind.PUBLIC_KEY;
    }

    /** Its bytes: the shared secret, the seed and the public key, or the public key. A new array at each call. */
    public byte[] bytes() {
        return Base64.getDecoder().decode(secret.value().substring(kind.prefix.length()));
    }

    /** Its Ed25519 seed; only for {@link Kind#KEY_PAIR}. */
    public byte[] seed() {
        return seedOf(bytes());
    }

    /** Its Ed25519 public key; not for {@link Kind#SHARED}. */
    public byte[] publicKey() {
        byte[] bytes = bytes();
        return kind == Kind.PUBLIC_KEY ? bytes : publicKeyOf(bytes);
    }

    private static byte[] seedOf(byte[] pair) {
        return Arrays.copyOf(pair, Ed25519.KEY_BYTES);
    }

    private static byte[] publicKeyOf(byte[] pair) {
        return Arrays.copyOfRange(pair, Ed25519.KEY_BYTES, pair.length);
    }

    @Override
    public String toString() {
        return secret.toString();
    }
}
