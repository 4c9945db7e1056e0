package io.cloudland.callback.registry;

import io.cloudland.callback.error.CallbackException;
import io.cloudland.callback.error.ErrorCode;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Counts the commands under way, refuses more than it may hold, and sees the last ones out. Confined to one context. */
final class CommandsInWork {

    private final int most;
    private final Map<Promise<CommandResult>, String> open = new LinkedHashMap<>();
    private final Promise<Void> drained = Promise.promise();
    private boolean closing;
    private boolean abandoned;

    CommandsInWork(int most) {
        this.most = most;
    }

    /** Why no further command can be taken in now, or null. */
    @Nullable
    CallbackException refusal(String command) {
        if (closing) {
            return shuttingDown(command);
        }
        return open.size() < most
                ? null
                : new CallbackException(
                        ErrorCode.QUEUE_FULL,
                        "command " + command + " was not taken in: " + most
                                + " commands are in work already, as many as queue_size allows; nothing was kept of it");
    }

    static CallbackException shuttingDown(String command) {
        return new CallbackException(
                ErrorCode.SHUTTING_DOWN,
                "command " + command + " was not taken in: the service is stopping or not started yet");
    }

    static CallbackException givenUp(String command) {
        return new CallbackException(
                ErrorCode.SHUTTING_DOWN,
                "command " + command + " was given up: the service stopped before its events were kept");
    }

    /** The same result, counted until it is there. */
    Future<CommandResult> track(String command, Future<CommandResult> result) {
        if (result.isComplete()) {
            return result;
        }
        Promise<CommandResult> answer = Promise.promise();
        open.put(answer, command);
        result.onComplete((value, failure) -> end(answer, value, failure));
        return answer.future();
    }

    private void end(Promise<CommandResult> answer, @Nullable CommandResult value, @Nullable Throwable failure) {
        if (open.remove(answer) != null) {
            try {
                answer.complete(value, failure);
            } finally {
                tellWhenDrained();
            }
        }
    }

    int size() {
        return open.size();
    }

    /** Refuses all further commands; {@link #drained()} completes when none is left. */
    void close() {
        closing = true;
        tellWhenDrained();
    }

    /** Gives up those that are left: their senders are told to send them again. */
    void abandon() {
        abandoned = true;
        Map<Promise<CommandResult>, String> left = new LinkedHashMap<>(open);
        open.clear();
        left.forEach((answer, command) -> answer.fail(givenUp(command)));
        tellWhenDrained();
    }

    /** Whether what is left may no longer be kept, its senders having been told so. */
    boolean abandoned() {
        return abandoned;
    }

    private void tellWhenDrained() {
        if (closing && open.isEmpty()) {
            drained.tryComplete();
        }
    }

    Future<Void> drained() {
        return drained.future();
    }
}
