package io.cloudland.callback.error;

/**
 * The one exception of this project: an {@link ErrorCode} and a text that says what failed, for which id, why, and what
 * happens next. It carries no stack trace unless it has a cause: most are answers to a sender, made by the thousand.
 */
public final class CallbackException extends RuntimeException {

    private final ErrorCode code;

    public CallbackException(ErrorCode code, String text) {
        super(code.label() + ": " + text, null, false, false);
        this.code = code;
    }

    public CallbackException(ErrorCode code, String text, Throwable cause) {
        super(code.label() + ": " + text, cause);
        this.code = code;
    }

    /** The failure as one of ours: itself if it is one already, else {@link ErrorCode#INTERNAL} around it. */
    public static CallbackException of(Throwable failure, String whatFailed) {
        return failure instanceof CallbackException ours
                ? ours
                : new CallbackException(ErrorCode.INTERNAL, whatFailed + ": " + failure, failure);
    }

    public ErrorCode code() {
        return code;
    }
}
