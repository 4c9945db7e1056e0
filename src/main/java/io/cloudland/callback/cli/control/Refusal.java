package io.cloudland.callback.cli.control;

/** Why a running service was not asked, or what it said no with. It carries no stack trace: its text is for people. */
public final class Refusal extends RuntimeException {

    private final boolean wrongCall;

    private Refusal(String text, boolean wrongCall) {
        super(text, null, false, false);
        this.wrongCall = wrongCall;
    }

    /** The call is right, but cannot be done. */
    static Refusal of(String text) {
        return new Refusal(text, false);
    }

    /** The call is wrong, as this side or the service says. */
    static Refusal ofWrongCall(String text) {
        return new Refusal(text, true);
    }

    /** Whether the call itself is wrong, so that the same one can never succeed. */
    public boolean wrongCall() {
        return wrongCall;
    }
}
