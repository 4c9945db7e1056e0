package io.cloudland.callback.delivery;

import java.time.Duration;

/** What follows from the outcome of an attempt. */
sealed interface Verdict {

    /** The endpoint took the event. */
    record Delivered() implements Verdict {}

    /** It is tried again after a pause. */
    record Retry(Duration delay) implements Verdict {}

    /** The delivery has ended without being taken. */
    sealed interface Dead extends Verdict {

        /** Why, for the dead letter. */
        String reason();
    }

    /** No attempt is left, or none would help. */
    record GivenUp(String reason) implements Dead {}

    /** The endpoint says that it is gone: it is stopped, and all of its deliveries wait. */
    record EndpointGone(String reason) implements Verdict {}
}
