package io.cloudland.callback.lookup;

import io.cloudland.callback.error.CallbackException;
import io.cloudland.callback.error.ErrorCode;
import io.cloudland.callback.model.CommandMessage;
import io.cloudland.callback.model.ResourceLocator;
import org.jspecify.annotations.Nullable;

/** The words for a lookup that failed. */
final class LookupFailures {

    private LookupFailures() {}

    /** The source gave no answer; {@code source} says which and where. */
    static CallbackException unavailable(
            String source, ResourceLocator locator, CommandMessage command, String reason) {
        return new CallbackException(
                ErrorCode.LOOKUP_UNAVAILABLE,
                source + " was asked for " + locator + " (" + command.name() + ") and gave no answer: " + reason
                        + "; the command is kept and the question asked again");
    }

    static boolean isUnavailable(@Nullable Throwable failure) {
        return failure instanceof CallbackException ours && ours.code() == ErrorCode.LOOKUP_UNAVAILABLE;
    }

    /** The service stops while the question is open. */
    static CallbackException shuttingDown(ResourceLocator locator) {
        return new CallbackException(
                ErrorCode.SHUTTING_DOWN,
                "the lookup of " + locator
                        + " was ended by the stop of the service; unless its command was acknowledged as"
                        + " kept, nothing was kept of it, send it again to the next instance");
    }
}
