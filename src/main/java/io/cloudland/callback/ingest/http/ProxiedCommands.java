package io.cloudland.callback.ingest.http;

import io.cloudland.callback.error.CallbackException;
import io.cloudland.callback.error.ErrorCode;
import io.cloudland.callback.ingest.CommandAdmission;
import io.cloudland.callback.ingest.CommandLine;
import io.cloudland.callback.ingest.CommandVerdict;
import io.cloudland.callback.registry.CommandResult;
import io.cloudland.callback.time.HomeContext;
import io.cloudland.callback.time.TimeSource;
import io.cloudland.callback.time.Timers;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes in the commands that the back end has executed, and keeps those that are not taken in for repair. Nothing of it is
 * waited for by the call that passed. Confined to the context of its verticle.
 *
 * <p>Each command but a status report gets an id of ours, so that one that was kept because its verdict was late makes no second event when it is
 * sent again.
 */
final class ProxiedCommands {

    private static final Logger log = LoggerFactory.getLogger("ingest");

    /** How long a verdict is waited for before the command is kept for repair as well. */
    static final Duration PATIENCE = Duration.ofSeconds(10);

    /** How long a stop waits for verdicts. */
    private static final Duration STOP_LIMIT = Duration.ofSeconds(5);

    /** More would fill the heap; they are kept for repair at once. */
    private static final int MOST_WAITING = 10_000;

    private final class Waiting {
        final JsonObject message;
        final long sinceNanos;

        Waiting(JsonObject message) {
            this.message = message;
            this.sinceNanos = time.nanoTime();
        }
    }

    private final CommandAdmission admission;
    private final UnacceptedFile file;
    private final UnacceptedAlarm alarm;
    private final HttpIngestCounts counts;
    private final HomeContext home;
    private final TimeSource time;
    private final Timers timers;
    private final String idPrefix = "proxy-" + UUID.randomUUID() + "-";
    private final Set<Waiting> waiting = new LinkedHashSet<>();
    private long lastId;
    private boolean looking;
    private boolean closing;
    private final Promise<Void> drained = Promise.promise();
    private Future<Void> lastKept = Future.succeededFuture();

    ProxiedCommands(
            CommandAdmission admission,
            UnacceptedFile file,
            UnacceptedAlarm alarm,
            HttpIngestCounts counts,
            HomeContext home,
            TimeSource time,
            Timers timers) {
        this.admission = admission;
        this.file = file;
        this.alarm = alarm;
        this.counts = counts;
        this.home = home;
        this.time = time;
        this.timers = timers;
    }

    /** @param body of a request that the back end has executed; empty where it was too long to be copied */
    void executed(Optional<byte[]> body) {
        counts.commandExecuted();
        if (body.isEmpty()) {
            alarm.lost(
                    "the request is longer than max_body_bytes, or too many are under way at once, so it was not copied");
            return;
        }
        try {
            take(PlatformRequest.message(Buffer.buffer(body.get())));
        } catch (CallbackException unreadable) {
            alarm.lost(unreadable.getMessage() + ", though the back end answered that it executed the command");
        } catch (RuntimeException defect) { // Others were handed over with it.
            alarm.lost("a defect while it was taken in, " + defect);
        }
    }

    private void take(JsonObject message) {
        message.put("timestamp", time.now().toString());
        if (!isStatusReport(message)) {
            message.put("id", idPrefix + ++lastId);
        }
        if (waiting.size() >= MOST_WAITING) {
            unaccepted(
                    message,
                    new CallbackException(ErrorCode.QUEUE_FULL, MOST_WAITING + " proxied commands wait already"));
            return;
        }
        Future<CommandVerdict> verdict = admission.admit(message, true);
        if (verdict.isComplete()) {
            concluded(message, verdict.result());
        } else {
            await(message, verdict);
        }
    }

    /**
     * Status reports come all the time, of many instances each, and an id would cost a write for every one of them. Sent again, one
     * makes no event where nothing has changed.
     */
    private static boolean isStatusReport(JsonObject message) {
        return message.getValue("command") instanceof String line
                && CommandLine.nameOf(line).equals("inst_status");
    }

    private void await(JsonObject message, Future<CommandVerdict> verdict) {
        Waiting command = new Waiting(message);
        waiting.add(command);
        look();
        home.bring(verdict).onSuccess(decided -> {
            if (waiting.remove(command)) {
                concluded(message, decided);
                if (waiting.isEmpty() && closing) {
                    drained.tryComplete();
                }
            }
        });
    }

    private void concluded(JsonObject message, CommandVerdict verdict) {
        if (verdict instanceof CommandVerdict.Refused refused) {
            unaccepted(message, refused.refusal());
        } else if (verdict instanceof CommandVerdict.Taken taken && taken.result() instanceof CommandResult.Accepted) {
            alarm.takenIn();
        }
    }

    /** Looks for commands whose verdict is late, for as long as any waits. */
    private void look() {
        if (!looking) {
            looking = true;
            timers.schedule(Duration.ofSeconds(1), () -> {
                looking = false;
                giveUp(PATIENCE, "no verdict after " + PATIENCE.toSeconds() + " s; it may still be taken in");
                if (!waiting.isEmpty()) {
                    look();
                }
            });
        }
    }

    private void giveUp(Duration after, String why) {
        long now = time.nanoTime();
        waiting.removeIf(command -> {
            boolean late = now - command.sinceNanos >= after.toNanos();
            if (late) {
                unaccepted(command.message, new CallbackException(ErrorCode.STORE_FAILED, why));
            }
            return late;
        });
    }

    private void unaccepted(JsonObject message, CallbackException why) {
        alarm.unaccepted(String.valueOf(why.getMessage()));
        JsonObject line = message.copy()
                .put(
                        "unaccepted",
                        new JsonObject()
                                .put("code", why.code().number())
                                .put("reason", String.valueOf(why.getMessage())));
        lastKept = file.keep(line).onSuccess(kept -> alarm.kept()).onFailure(failure -> {
            alarm.notKept();
            log.error("A command that was executed and not taken in cannot be kept for repair, {}: {}", failure, line);
        });
    }

    /**
     * At the end: waits a little for the verdicts that are still to come, and keeps for repair what has none. Completes when that
     * is on the disk.
     */
    Future<Void> close() {
        closing = true;
        if (waiting.isEmpty()) {
            drained.tryComplete();
        }
        Timers.Cancellable limit = timers.schedule(STOP_LIMIT, drained::tryComplete);
        return drained.future().compose(ended -> {
            limit.cancel();
            giveUp(Duration.ZERO, "the service stopped before its verdict was there; it may have been taken in");
            return lastKept.otherwiseEmpty();
        });
    }

    /** How many have no verdict yet. */
    int waiting() {
        return waiting.size();
    }
}
