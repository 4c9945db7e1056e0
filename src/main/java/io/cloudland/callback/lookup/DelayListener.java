package io.cloudland.callback.lookup;

import io.cloudland.callback.error.CallbackException;

/** Hears that the answer to a question will take long, because its source does not answer. */
@FunctionalInterface
public interface DelayListener {

    /** Hears nothing. */
    DelayListener NONE = question -> {};

    /** Called once at most, where the lookup's futures complete, perhaps before {@code find} has returned. */
    void delayed(Delayed question);

    /** A question that waits until its source answers. */
    @FunctionalInterface
    interface Delayed {

        /** Takes the question back: it fails with that at once. Does nothing when it has been answered. */
        void giveUp(CallbackException why);
    }
}
