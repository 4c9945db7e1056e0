package io.cloudland.callback.ingest;

import io.cloudland.callback.error.CallbackException;
import io.cloudland.callback.model.CommandMessage;
import io.cloudland.callback.observe.CommandListener;
import io.cloudland.callback.registry.CommandIntake;
import io.cloudland.callback.registry.CommandResult;
import io.cloudland.callback.registry.IgnoreReason;
import io.cloudland.callback.time.TimeSource;
import io.vertx.core.Future;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one decision whether a command is taken in and what its sender is told, whichever way it came.
 *
 * <p>Every command gets a verdict, whatever happens, and is counted before it gets it: a sender that looks at the counts
 * finds its own command in them. Any thread; a verdict comes on the thread that completes the command, at once where nothing
 * had to be waited for.
 */
public final class CommandAdmission {

    private static final Logger log = LoggerFactory.getLogger("ingest");

    /** How a command that was sent before is counted; it is answered as it was then. */
    private static final String DUPLICATE = "duplicate";

    private final CommandIntake intake;
    private final BooleanSupplier enabled;
    private final CommandDecoder decoder;
    private final CommandListener listener;
    private final RefusalLog refusals = new RefusalLog();

    /** @param enabled whether commands become events; asked for every registered command, so it may change at any time */
    public CommandAdmission(CommandIntake intake, BooleanSupplier enabled, TimeSource clock, CommandListener listener) {
        this.intake = intake;
        this.enabled = enabled;
        this.decoder = new CommandDecoder(clock);
        this.listener = new GuardedListener(listener);
    }

    /**
     * Decides about one command.
     *
     * @param body the message of the contract, a {@link io.vertx.core.json.JsonObject}; anything else is refused
     * @param told whether the sender hears the verdict; what nobody hears of is logged
     * @return never fails
     */
    public Future<CommandVerdict> admit(@Nullable Object body, boolean told) {
        try {
            return decide(body, told);
        } catch (Throwable failure) {
            return refused(CallbackException.of(failure, "a defect while a message was read"), told);
        }
    }

    private Future<CommandVerdict> decide(@Nullable Object body, boolean told) {
        Control control = Control.of(body);
        if (control == Control.REPORT) { // Its command is no command line.
            return ignored(Control.REPORT.toString(), IgnoreReason.NOT_REGISTERED);
        }
        String name = decoder.nameOf(body);
        if (!intake.isRegistered(name)) {
            return ignored(name, IgnoreReason.NOT_REGISTERED);
        }
        if (!enabled.getAsBoolean()) {
            return ignored(name, IgnoreReason.DISABLED);
        }
        CommandMessage command = decoder.decode(body);
        if (command.failed() || control == Control.NOT_EXECUTED) {
            return ignored(name, IgnoreReason.FAILED);
        }
        return submitted(control == Control.IN_ERROR ? command.inError() : command, told);
    }

    private Future<CommandVerdict> submitted(CommandMessage command, boolean told) {
        return submit(command).transform(result -> concluded(command.name(), result.result(), result.cause(), told));
    }

    private Future<CommandResult> submit(CommandMessage command) {
        try {
            return intake.submit(command);
        } catch (RuntimeException | Error defect) {
            return Future.failedFuture(defect);
        }
    }

    private Future<CommandVerdict> concluded(
            String name, @Nullable CommandResult result, @Nullable Throwable failure, boolean told) {
        if (result instanceof CommandResult.Accepted accepted) {
            return accepted(accepted);
        }
        if (result instanceof CommandResult.Ignored ignored) {
            return ignored(name, ignored.reason());
        }
        return refused(defect(failure, name), told);
    }

    private static CallbackException defect(@Nullable Throwable failure, String name) {
        Throwable known = failure == null ? new IllegalStateException("neither a result nor a failure") : failure;
        return CallbackException.of(known, "a defect while command " + name + " was answered");
    }

    private Future<CommandVerdict> accepted(CommandResult.Accepted accepted) {
        if (accepted.newEvents() > 0) {
            listener.accepted(accepted.newEvents());
        } else {
            listener.ignored(DUPLICATE);
        }
        return taken(accepted);
    }

    private Future<CommandVerdict> ignored(String name, IgnoreReason reason) {
        listener.ignored(reason.text());
        log.trace("Ignored command {}: {}", name, reason);
        return taken(new CommandResult.Ignored(reason));
    }

    private static Future<CommandVerdict> taken(CommandResult result) {
        return Future.succeededFuture(new CommandVerdict.Taken(result));
    }

    private Future<CommandVerdict> refused(CallbackException refusal, boolean told) {
        listener.refused(refusal.code());
        refusals.note(refusal, told);
        return Future.succeededFuture(new CommandVerdict.Refused(refusal));
    }

    /** An answer could not be sent. Its sender hears a timeout; what became of its command stands and is counted. */
    public void unanswered(Throwable defect) {
        refusals.unanswered(defect);
    }

    /** At the end: tells how many refusals were counted and not logged. */
    public void close() {
        refusals.close();
    }
}
