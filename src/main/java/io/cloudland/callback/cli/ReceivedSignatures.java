package io.cloudland.callback.cli;

import io.cloudland.callback.http.SignatureVerdict;
import io.cloudland.callback.http.SignatureVerifier;
import io.cloudland.callback.http.SignedRequest;
import io.cloudland.callback.receiver.SignatureCheck;
import io.vertx.core.MultiMap;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** Lets the receiver check what the service signs. */
final class ReceivedSignatures {

    private ReceivedSignatures() {}

    /** A check with the secrets of a file. */
    static SignatureCheck of(Path secretFile, Duration tolerance) {
        SignatureVerifier verifier = new SignatureVerifier(SecretFile.read(secretFile), tolerance);
        return (headers, body, now) -> problem(verifier.verify(signed(headers, body), now));
    }

    private static SignedRequest signed(MultiMap headers, byte[] body) {
        return new SignedRequest(
                Optional.ofNullable(headers.get("webhook-id")),
                Optional.ofNullable(headers.get("webhook-timestamp")),
                Optional.ofNullable(headers.get("webhook-signature")),
                body);
    }

    private static Optional<String> problem(SignatureVerdict verdict) {
        return verdict instanceof SignatureVerdict.Invalid invalid ? Optional.of(invalid.why()) : Optional.empty();
    }
}
