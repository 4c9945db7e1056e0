package io.cloudland.callback.http;

import io.cloudland.callback.model.Delivery;
import io.cloudland.callback.model.SigningSecret;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;

/** Signs attempts with the secrets that are in force at that moment. Confined to the sender's event loop. */
final class SigningInForce {

    private final Supplier<List<SigningSecret>> secrets;
    private List<SigningSecret> inForce = List.of();
    private RequestSigner signer = new RequestSigner(inForce);

    SigningInForce(Supplier<List<SigningSecret>> secrets) {
        this.secrets = secrets;
    }

    /** The signatures of an attempt that starts now; empty where there is no secret. */
    String sign(Delivery delivery, Instant startedAt) {
        List<SigningSecret> now = secrets.get();
        if (!now.equals(inForce)) { // As a rule the very same list, which costs nothing to compare.
            signer = new RequestSigner(now);
            inForce = now;
        }
        return signer.sign(
                delivery.event().id().value(),
                startedAt.getEpochSecond(),
                delivery.payload().body());
    }
}
