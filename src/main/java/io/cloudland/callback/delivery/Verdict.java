package io.cloudland.callback.delivery;

import java.time.Duration;

/** What follows from the outcome of an attempt. */
sealed interface Verdict {

    /** The endpoint took the event. */
    record Delivered() implements Verdict {}

    /** It is tried again after a pause. */
    record Retry(Duration delay) implements Verdict {}

    /** No attempt is left. */
    record Dead(String reason) implements Verdict {}
}
