package io.cloudland.callback.cli;

import io.cloudland.callback.cli.control.Refusal;
import io.cloudland.callback.error.CallbackException;
import io.cloudland.callback.error.ErrorCode;

/** Turns failures into texts and exit codes. */
final class Failures {

    private Failures() {}

    /** The failure with what it was about; one of ours says so itself. */
    static Throwable named(String what, Throwable failure) {
        return failure instanceof CallbackException ? failure : new IllegalStateException(what + ": " + text(failure));
    }

    /** Its message, or what it is where it has none. */
    static String text(Throwable failure) {
        return failure.getMessage() == null ? failure.toString() : failure.getMessage();
    }

    /** 2 for a wrong call or configuration, 1 for all else. */
    static int exitCode(Throwable failure) {
        boolean wrongConfiguration =
                failure instanceof CallbackException ours && ours.code() == ErrorCode.CONFIG_INVALID;
        boolean wrongCall = failure instanceof Refusal refusal && refusal.wrongCall();
        return wrongConfiguration || wrongCall ? Main.USAGE : Main.FAILED;
    }
}
