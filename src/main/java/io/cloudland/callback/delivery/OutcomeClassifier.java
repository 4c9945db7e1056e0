package io.cloudland.callback.delivery;

import io.cloudland.callback.model.AttemptOutcome;
import io.cloudland.callback.model.AttemptOutcome.Answered;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Decides what follows from an attempt: any 2xx is delivered; timeouts, broken connections and the answers that the
 * settings name are retried while attempts are left. Pure.
 */
record OutcomeClassifier(RetryPolicy retries) {

    private static final Verdict DELIVERED = new Verdict.Delivered();
    private static final int GONE = 410;
    private static final int TOO_MANY_REQUESTS = 429;
    private static final int UNAVAILABLE = 503;

    /**
     * What follows.
     *
     * @param attemptNumber the number of the attempt that ended so, 1 for the first
     * @param age how long ago the event was recorded; asked only where it matters
     */
    Verdict classify(AttemptOutcome outcome, int attemptNumber, Supplier<Duration> age) {
        if (outcome instanceof Answered answered) {
            int status = answered.status();
            if (status >= 200 && status <= 299) {
                return DELIVERED;
            }
            if (!isRetried(status)) {
                return endedBy(answered, attemptNumber);
            }
        }
        return retryOrDead(outcome, attemptNumber, age);
    }

    /** Whether an attempt that did not deliver says something of the endpoint, not of that one event alone. */
    boolean blamesEndpoint(AttemptOutcome outcome) {
        return !(outcome instanceof Answered answered) || isRetried(answered.status());
    }

    private boolean isRetried(int status) {
        return retries.settings().retryStatuses().contains(status)
                && !retries.settings().deadStatuses().contains(status);
    }

    private Verdict endedBy(Answered answered, int attemptNumber) {
        String reason = answered.describe() + " at attempt " + attemptNumber;
        boolean gone =
                answered.status() == GONE && !retries.settings().deadStatuses().contains(GONE);
        return gone
                ? new Verdict.EndpointGone(reason + ", by which the endpoint says that it is gone")
                : new Verdict.GivenUp(reason + ", which is not retried");
    }

    private Verdict retryOrDead(AttemptOutcome outcome, int attemptNumber, Supplier<Duration> age) {
        String reason = outcome.describe() + " at attempt " + attemptNumber;
        Optional<Duration> delay = retries.delayAfter(attemptNumber).map(own -> longer(own, askedFor(outcome)));
        if (delay.isEmpty()) {
            return new Verdict.GivenUp(reason + ", the last");
        }
        return retries.isTooLate(age.get(), delay.get())
                ? new Verdict.GivenUp(reason + "; the event would be older than retry_max_age at the next")
                : new Verdict.Retry(delay.get());
    }

    /** Only these two statuses ask for patience; elsewhere the header means something else or nothing. */
    static Duration askedFor(AttemptOutcome outcome) {
        return outcome instanceof Answered answered
                        && (answered.status() == TOO_MANY_REQUESTS || answered.status() == UNAVAILABLE)
                ? answered.retryAfter().orElse(Duration.ZERO)
                : Duration.ZERO;
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) >= 0 ? one : other;
    }
}
