package io.cloudland.callback.delivery;

import io.cloudland.callback.model.AttemptOutcome;

/** Decides what follows from an attempt: any 2xx is delivered, everything else is retried while attempts are left. Pure. */
record OutcomeClassifier(RetryPolicy retries) {

    private static final Verdict DELIVERED = new Verdict.Delivered();

    /**
     * @param attemptNumber the number of the attempt that ended so, 1 for the first
     */
    Verdict classify(AttemptOutcome outcome, int attemptNumber) {
        if (outcome instanceof AttemptOutcome.Answered answered && isSuccess(answered.status())) {
            return DELIVERED;
        }
        return retries.delayAfter(attemptNumber)
                .<Verdict>map(Verdict.Retry::new)
                .orElseGet(() -> new Verdict.Dead(outcome.describe() + " at attempt " + attemptNumber + ", the last"));
    }

    private static boolean isSuccess(int status) {
        return status >= 200 && status <= 299;
    }
}
