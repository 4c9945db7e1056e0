package io.cloudland.callback.receiver;

import io.vertx.core.MultiMap;
import java.time.Instant;
import java.util.Optional;

/** Decides whether a callback was signed by whom it should be. Called from any thread. */
@FunctionalInterface
public interface SignatureCheck {

    /**
     * Checks one callback.
     *
     * @param body the exact bytes that came in
     * @return why it is not to be trusted, for the operator's eyes; empty where it is
     */
    Optional<String> problem(MultiMap headers, byte[] body, Instant now);
}
