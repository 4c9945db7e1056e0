package io.cloudland.callback.receiver;

import io.cloudland.callback.time.TimeSource;
import io.vertx.core.MultiMap;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;

/** Lets callbacks pass whose signature holds, and counts; lets all pass where nothing is to be checked. Any thread. */
final class SignatureGate {

    private final Optional<SignatureCheck> check;
    private final TimeSource time;
    private final LongAdder valid = new LongAdder();
    private final LongAdder invalid = new LongAdder();

    SignatureGate(Optional<SignatureCheck> check, TimeSource time) {
        this.check = check;
        this.time = time;
    }

    /** Why this callback may not pass. */
    Optional<String> problem(MultiMap headers, byte[] body) {
        if (check.isEmpty()) {
            return Optional.empty();
        }
        Optional<String> problem = check.get().problem(headers, body, time.now());
        (problem.isEmpty() ? valid : invalid).increment();
        return problem;
    }

    boolean checks() {
        return check.isPresent();
    }

    SignatureCounts counts() {
        return new SignatureCounts(valid.sum(), invalid.sum());
    }

    void reset() {
        valid.reset();
        invalid.reset();
    }
}
