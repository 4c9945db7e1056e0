package io.cloudland.callback.registry;

import io.cloudland.callback.error.CallbackException;
import io.cloudland.callback.error.ErrorCode;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts the commands under way, refuses more than it may hold, and sees the last ones out. Confined to one context. */
final class CommandsInWork {

    private static final Logger log = LoggerFactory.getLogger("registry");

    /** More would fill the heap while a lookup does not answer; each takes one or two KiB. */
    static final int MOST = 100_000;

    private final int most;
    private final LongSupplier kept;
    private final Map<Promise<CommandResult>, String> open = new LinkedHashMap<>();
    private final Promise<Void> drained = Promise.promise();
    private boolean closing;
    private boolean abandoned;

    /** @param kept how many more are kept elsewhere, whose senders have been answered */
    CommandsInWork(int most, LongSupplier kept) {
        this.most = Math.min(most, MOST);
        this.kept = kept;
    }

    /** Why no further command can be taken in now, or null. */
    @Nullable
    CallbackException refusal(String command) {
        if (closing) {
            return shuttingDown(command);
        }
        long inWork = open.size() + kept.getAsLong();
        return inWork < most
                ? null
                : new CallbackException(
                        ErrorCode.QUEUE_FULL,
                        "command " + command + " was not taken in: " + inWork
                                + " commands are in work already, and " + most
                                + " are as many as may be (queue_size, but no more than " + MOST
                                + "); nothing was kept of it");
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
            guarded(() -> answer.complete(value, failure));
            tellWhenDrained();
        }
    }

    /** Whoever waits for one answer may break on it; the others get theirs. */
    private static void guarded(Runnable telling) {
        try {
            telling.run();
        } catch (RuntimeException | Error defect) {
            log.warn("Somebody who waited for a command failed on its answer; the other commands go on", defect);
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
        left.forEach((answer, command) -> guarded(() -> answer.fail(givenUp(command))));
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
