package io.cloudland.callback.model;

import java.time.Duration;
import java.util.Optional;

/** How one HTTP attempt ended. A failure of the receiver is an outcome, never an exception. */
public sealed interface AttemptOutcome {

    /** One line for logs and dead letters, without bodies or secrets. */
    String describe();

    /**
     * The endpoint answered in full within the deadline.
     *
     * @param excerpt the start of the response body as text, at most 256 characters
     * @param retryAfter how long the endpoint asked us to wait, where it did; not kept in dead letters
     */
    record Answered(int status, String excerpt, Optional<Duration> retryAfter) implements AttemptOutcome {

        /** An answer that asks for no pause. */
        public Answered(int status, String excerpt) {
            this(status, excerpt, Optional.empty());
        }

        @Override
        public String describe() {
            return "HTTP " + status;
        }
    }

    /** The deadline over connect, send and the whole response passed; the exchange was ended. */
    record TimedOut(Duration deadline) implements AttemptOutcome {
        @Override
        public String describe() {
            return "no complete answer within " + deadline.toMillis() + " ms";
        }
    }

    /** No exchange took place, or it broke: refused, unresolved, reset, TLS failure, a malformed or oversized answer. */
    record Failed(String reason) implements AttemptOutcome {
        @Override
        public String describe() {
            return reason;
        }
    }
}
