package io.cloudland.callback.ingest;

import io.cloudland.callback.error.CallbackException;
import io.cloudland.callback.model.CommandMessage;
import io.cloudland.callback.observe.CommandListener;
import io.cloudland.callback.registry.CommandIntake;
import io.cloudland.callback.registry.CommandResult;
import io.cloudland.callback.registry.IgnoreReason;
import io.cloudland.callback.time.TimeSource;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.MessageConsumer;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes commands from the event bus, hands the registered ones to the {@link CommandIntake} and answers their senders.
 *
 * <p>Every message is answered where its sender asked for it, whatever happens, and none disturbs the next: an exception
 * that left the handler would give the sender nothing but a timeout. Answers go out on the thread that completes the
 * command.
 */
public final class IngestVerticle extends VerticleBase {

    private static final Logger log = LoggerFactory.getLogger("ingest");

    /** How a command that was sent before is counted; it is answered as it was then. */
    private static final String DUPLICATE = "duplicate";

    private final CommandIntake intake;
    private final BooleanSupplier enabled;
    private final CommandDecoder decoder;
    private final String address;
    private final CommandListener listener;
    private final RefusalLog refusals = new RefusalLog();
    private @Nullable MessageConsumer<Object> consumer;

    /**
     * @param enabled whether commands become events; asked for every registered command, so it may change at any time
     * @param address the event bus address that takes commands
     */
    public IngestVerticle(
            CommandIntake intake, BooleanSupplier enabled, TimeSource clock, String address, CommandListener listener) {
        this.intake = intake;
        this.enabled = enabled;
        this.decoder = new CommandDecoder(clock);
        this.address = address;
        this.listener = new GuardedListener(listener);
    }

    @Override
    public Future<?> start() {
        MessageConsumer<Object> started = vertx.eventBus().consumer(address, this::receive);
        consumer = started;
        return started.completion();
    }

    @Override
    public Future<?> stop() {
        refusals.close();
        return consumer == null
                ? Future.succeededFuture()
                : consumer.unregister().otherwiseEmpty(); // What fails here must not keep the others from stopping.
    }

    private void receive(Message<Object> message) {
        try {
            take(message);
        } catch (Throwable failure) {
            refuse(message, CallbackException.of(failure, "a defect while a message was read"));
        }
    }

    private void take(Message<Object> message) {
        Object body = message.body();
        String name = decoder.nameOf(body);
        if (!intake.isRegistered(name)) {
            ignore(message, name, IgnoreReason.NOT_REGISTERED);
        } else if (!enabled.getAsBoolean()) {
            ignore(message, name, IgnoreReason.DISABLED);
        } else {
            takeRegistered(message, name, decoder.decode(body));
        }
    }

    private void takeRegistered(Message<Object> message, String name, CommandMessage command) {
        if (command.failed()) {
            ignore(message, name, IgnoreReason.FAILED);
            return;
        }
        submit(command).onComplete((result, failure) -> conclude(message, name, result, failure));
    }

    private Future<CommandResult> submit(CommandMessage command) {
        try {
            return intake.submit(command);
        } catch (RuntimeException | Error defect) {
            return Future.failedFuture(defect);
        }
    }

    private void conclude(
            Message<Object> message, String name, @Nullable CommandResult result, @Nullable Throwable failure) {
        if (result instanceof CommandResult.Accepted accepted) {
            accept(message, accepted);
        } else if (result instanceof CommandResult.Ignored ignored) {
            ignore(message, name, ignored.reason());
        } else {
            refuse(message, defect(failure, name));
        }
    }

    private static CallbackException defect(@Nullable Throwable failure, String name) {
        Throwable known = failure == null ? new IllegalStateException("neither a result nor a failure") : failure;
        return CallbackException.of(known, "a defect while command " + name + " was answered");
    }

    // Counted before it is answered: a sender that looks at the counts finds its own command in them.

    private void accept(Message<Object> message, CommandResult.Accepted accepted) {
        if (accepted.newEvents() > 0) {
            listener.accepted(accepted.newEvents());
        } else {
            listener.ignored(DUPLICATE);
        }
        answer(message, () -> message.reply(Replies.accepted(accepted)));
    }

    private void ignore(Message<Object> message, String name, IgnoreReason reason) {
        listener.ignored(reason.text());
        log.trace("Ignored command {}: {}", name, reason);
        answer(message, () -> message.reply(Replies.ignored(reason)));
    }

    private void refuse(Message<Object> message, CallbackException refusal) {
        boolean told = message.replyAddress() != null;
        listener.refused(refusal.code());
        refusals.note(refusal, told);
        answer(message, () -> message.fail(refusal.code().number(), Replies.refusal(refusal)));
    }

    /** What became of the command stands and is counted: an answer that cannot be sent changes nothing of it. */
    private void answer(Message<Object> message, Runnable reply) {
        if (message.replyAddress() == null) {
            return;
        }
        try {
            reply.run();
        } catch (RuntimeException | Error defect) {
            refusals.unanswered(defect);
        }
    }
}
