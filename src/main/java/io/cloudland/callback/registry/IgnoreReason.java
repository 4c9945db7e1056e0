package io.cloudland.callback.registry;

/** Why a command rightly makes no event. */
public enum IgnoreReason {
    /** The command changes no monitored resource. */
    NOT_REGISTERED("not registered"),
    /** The service is switched off ({@code enabled = false}). */
    DISABLED("disabled"),
    /** The platform reported that the command failed. */
    FAILED("failed"),
    /** A status report that says what was known already. */
    UNCHANGED("unchanged");

    private final String text;

    IgnoreReason(String text) {
        this.text = text;
    }

    /** The {@code reason} of the reply. */
    public String text() {
        return text;
    }
}
