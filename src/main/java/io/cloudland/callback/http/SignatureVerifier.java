package io.cloudland.callback.http;

import io.cloudland.callback.model.Ed25519;
import io.cloudland.callback.model.SigningSecret;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Checks signed requests as Standard Webhooks 1.0 has it, and tells why one does not hold. Pure; immutable, so any thread
 * may use it.
 *
 * <p>A request holds when any of its signatures was made with any of the secrets, and its timestamp lies within the
 * tolerance, which keeps recorded requests from being played again later.
 */
public final class SignatureVerifier {

    /** How far a timestamp may lie from now, either way. */
    public static final Duration TOLERANCE = Duration.ofMinutes(5);

    private static final Pattern SECONDS = Pattern.compile("\\d{1,12}");
    private static final String NO_MATCH =
            "no signature matches: they were made with another secret, or the body, the id"
                    + " or the timestamp was changed on the way; which of these cannot be told apart";

    /** One secret at work. */
    private record Key(String version, Check check) {}

    @FunctionalInterface
    private interface Check {
        boolean matches(byte[] signature, byte[] head, byte[] body) throws GeneralSecurityException;
    }

    private final List<Key> keys;
    private final Duration tolerance;

    /**
     * A verifier with these secrets.
     *
     * @param secrets at least one, of any kind
     * @param tolerance how far a timestamp may lie from now, either way
     */
    public SignatureVerifier(List<SigningSecret> secrets, Duration tolerance) {
        if (secrets.isEmpty()) {
            throw new IllegalArgumentException("a verifier needs a secret");
        }
        this.keys = secrets.stream().map(SignatureVerifier::key).toList();
        this.tolerance = tolerance;
    }

    private static Key key(SigningSecret secret) {
        if (secret.kind() == SigningSecret.Kind.SHARED) {
            SharedSecret shared = new SharedSecret(secret);
            return new Key(
                    SignatureHeader.SHARED,
                    (signature, head, body) -> MessageDigest.isEqual(signature, shared.mac(head, body)));
        }
        return new Key(SignatureHeader.ED25519, publicKey(secret));
    }

    private static Check publicKey(SigningSecret secret) {
        try {
            PublicKey key = Ed25519.publicKey(secret.publicKey());
            return (signature, head, body) -> Ed25519.isSigned(key, signature, head, body);
        } catch (GeneralSecurityException unusable) {
            throw new IllegalArgumentException("an Ed25519 key cannot be used", unusable);
        }
    }

    /** Checks a request that came in at {@code now}. */
    public SignatureVerdict verify(SignedRequest request, Instant now) {
        Optional<String> why = missing(request)
                .or(() -> untimely(request.timestamp().orElse(""), now))
                .or(() -> unmatched(request));
        return why.<SignatureVerdict>map(SignatureVerdict.Invalid::new).orElseGet(SignatureVerdict.Valid::new);
    }

    private static Optional<String> missing(SignedRequest request) {
        return absent("webhook-id", request.id())
                .or(() -> absent("webhook-timestamp", request.timestamp()))
                .or(() -> absent("webhook-signature", request.signature()));
    }

    private static Optional<String> absent(String header, Optional<String> value) {
        return value.filter(text -> !text.isBlank()).isPresent()
                ? Optional.empty()
                : Optional.of("there is no " + header + " header");
    }

    private Optional<String> untimely(String timestamp, Instant now) {
        if (!SECONDS.matcher(timestamp).matches()) {
            return Optional.of("webhook-timestamp is not a whole number of seconds");
        }
        long age = now.getEpochSecond() - Long.parseLong(timestamp);
        if (Math.abs(age) <= tolerance.toSeconds()) {
            return Optional.empty();
        }
        String off = age > 0 ? age + " s old" : -age + " s in the future";
        return Optional.of("webhook-timestamp is " + off + ", which is more than the " + tolerance.toSeconds()
                + " s allowed: an old request played again, or a clock that is wrong");
    }

    private Optional<String> unmatched(SignedRequest request) {
        String header = request.signature().orElse("");
        byte[] head = SignatureHeader.signedHead(
                request.id().orElse(""), request.timestamp().orElse(""));
        boolean comparable = false;
        for (Key key : keys) {
            for (byte[] signature : SignatureHeader.ofVersion(key.version(), header)) {
                comparable = true;
                if (matches(key, signature, head, request.body())) {
                    return Optional.empty();
                }
            }
        }
        return Optional.of(comparable ? NO_MATCH : nothingToCompare());
    }

    private static boolean matches(Key key, byte[] signature, byte[] head, byte[] body) {
        try {
            return key.check().matches(signature, head, body);
        } catch (GeneralSecurityException notASignature) {
            return false;
        }
    }

    private String nothingToCompare() {
        List<String> versions = keys.stream()
                .map(key -> key.version().replace(",", ""))
                .distinct()
                .toList();
        return "webhook-signature holds no " + String.join(" or ", versions) + " entry, which the secret given checks";
    }
}
