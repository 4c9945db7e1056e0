package io.cloudland.callback.error;

import java.util.Arrays;
import java.util.Optional;

/**
 * What can go wrong, as a stable number and name that a sender or an operator can act on.
 *
 * <p>The number is the failure code of an event bus reply; {@link #retryable()} says whether sending the same again can
 * help. A receiver that fails is not here: that is an outcome of an attempt, not an error of ours.
 */
public enum ErrorCode {
    /** The message is not a JSON object of the contract. Do not send it again unchanged. */
    INVALID_MESSAGE(1001, false),
    /** The command line is empty or holds no command name. Do not send it again unchanged. */
    INVALID_COMMAND_LINE(1002, false),
    /** The argument that should name the resource is missing or empty. Do not send it again unchanged. */
    MISSING_RESOURCE_ID(1003, false),
    /** The argument that should name the resource is not a whole number from 1 to 2^63-1. */
    INVALID_RESOURCE_ID(1004, false),
    /** The snapshot carried in the message, or answered by the host's lookup, cannot be read. */
    INVALID_SNAPSHOT(1005, false),
    /** Neither the lookup nor the last known state knows the resource. Send a snapshot, or check the id. */
    RESOURCE_UNKNOWN(1101, false),
    /** The lookup does not answer; it is asked again until it does, or until the service stops. */
    LOOKUP_UNAVAILABLE(1201, true),
    /** As many events as {@code queue_size} allows are waiting. Nothing was kept of this command: send it again later. */
    QUEUE_FULL(1301, true),
    /** The service is stopping. Nothing was kept of this command: send it again to the next instance. */
    SHUTTING_DOWN(1302, true),
    /** The store failed to keep the event. Look at the service's log; send it again later. */
    STORE_FAILED(1303, true),
    /** The slot has gone to another node. Nothing was written; that node goes on with what is open in it. */
    LEASE_LOST(1304, false),
    /** No answer came in time: the node that was asked may be gone. The command may have been accepted: send it again, with its id. */
    UNANSWERED(1305, true),
    /** No node takes commands at the moment. Nothing was kept of this command: send it again later. */
    NO_SERVICE(1306, true),
    /** The dead letters that were meant cannot be replayed; the text says why. They are kept. */
    NOT_REPLAYABLE(1311, false),
    /** The configuration cannot be used; the text names every problem. Nothing was started. */
    CONFIG_INVALID(1401, false),
    /** A defect of this service. The text names the command; report it. */
    INTERNAL(1901, true);

    private final int number;
    private final boolean retryable;

    ErrorCode(int number, boolean retryable) {
        this.number = number;
        this.retryable = retryable;
    }

    /** The failure code of an event bus reply, 1001 to 1999. */
    public int number() {
        return number;
    }

    /** The code with this number; empty for a number that this version does not know. */
    public static Optional<ErrorCode> of(int number) {
        return Arrays.stream(values()).filter(code -> code.number == number).findFirst();
    }

    /** Whether the same command can succeed when it is sent again later. */
    public boolean retryable() {
        return retryable;
    }

    /** The code as it stands in messages and logs, for example {@code CB-1301 QUEUE_FULL}. */
    public String label() {
        return "CB-" + number + " " + name();
    }
}
