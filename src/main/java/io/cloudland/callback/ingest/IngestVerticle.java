package io.cloudland.callback.ingest;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.MessageConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Takes commands from the event bus and answers their senders as the {@link CommandAdmission} decides.
 *
 * <p>Every message is answered where its sender asked for it, whatever happens, and none disturbs the next: an exception
 * that left the handler would give the sender nothing but a timeout. Answers go out on the thread that completes the
 * command.
 */
public final class IngestVerticle extends VerticleBase {

    private final CommandAdmission admission;
    private final String address;
    private @Nullable MessageConsumer<Object> consumer;

    /** @param address the event bus address that takes commands */
    public IngestVerticle(CommandAdmission admission, String address) {
        this.admission = admission;
        this.address = address;
    }

    @Override
    public Future<?> start() {
        MessageConsumer<Object> started = vertx.eventBus().consumer(address, this::receive);
        consumer = started;
        return started.completion();
    }

    @Override
    public Future<?> stop() {
        return consumer == null
                ? Future.succeededFuture()
                : consumer.unregister().otherwiseEmpty(); // What fails here must not keep the others from stopping.
    }

    private void receive(Message<Object> message) {
        boolean told = message.replyAddress() != null;
        Future<CommandVerdict> verdict = admission.admit(message.body(), told);
        if (told) {
            verdict.onSuccess(decided -> answer(message, decided));
        }
    }

    /** What became of the command stands and is counted: an answer that cannot be sent changes nothing of it. */
    private void answer(Message<Object> message, CommandVerdict verdict) {
        try {
            if (verdict instanceof CommandVerdict.Refused refused) {
                message.fail(refused.refusal().code().number(), refused.text());
            } else if (verdict instanceof CommandVerdict.Taken taken) {
                message.reply(taken.reply());
            }
        } catch (RuntimeException | Error defect) {
            admission.unanswered(defect);
        }
    }
}
