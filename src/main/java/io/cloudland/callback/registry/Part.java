package io.cloudland.callback.registry;

import io.cloudland.callback.error.CallbackException;
import io.cloudland.callback.lookup.DelayListener;
import io.cloudland.callback.store.AppendResult;
import io.cloudland.callback.store.AppendTerms;
import io.cloudland.callback.store.CommandKey;
import io.cloudland.callback.store.KeptPart;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One resource of a command on its way to its event. Its sender is answered when the event is stored, or before that when
 * the part is kept for later. Confined to the registry's context.
 */
final class Part {

    private final CommandUnderWay command;
    private final int index;
    private final Mention mention;
    private final Optional<CommandKey> key;
    private final Promise<AppendResult> answer = Promise.promise();
    private boolean delayed;
    private boolean settling;
    private @Nullable KeptPart kept;
    private @Nullable Future<AppendResult> toldBefore;
    private DelayListener.@Nullable Delayed question;
    private int failures;

    Part(CommandUnderWay command, int index, Mention mention, Optional<CommandKey> key) {
        this.command = command;
        this.index = index;
        this.mention = mention;
        this.key = key;
    }

    CommandUnderWay command() {
        return command;
    }

    int index() {
        return index;
    }

    Mention mention() {
        return mention;
    }

    Optional<CommandKey> key() {
        return key;
    }

    /** What its sender is told. */
    Future<AppendResult> answer() {
        return answer.future();
    }

    /** It waits for a lookup whose source is away. */
    void waitsFor(DelayListener.Delayed asked) {
        question = asked;
    }

    /** It will take long: by its own lookup, or by that of a part before it. */
    void delayed() {
        if (!delayed && !settling) {
            delayed = true;
            command.partMoved();
        }
    }

    /** Whether it can and should be kept for later. */
    boolean wantsToBeKept() {
        return delayed && !settling && kept == null && !answer.future().isComplete();
    }

    /** It was kept before, by a run of this service that ended. */
    void isKeptAs(KeptPart before) {
        kept = before;
        answer.tryComplete(new AppendResult.Kept(before.eventId()));
    }

    /** The store was asked to keep it. */
    void told(KeptPart asked, AppendResult result) {
        if (result instanceof AppendResult.Kept) {
            isKeptAs(asked);
        } else {
            end(Future.succeededFuture(result));
            answer.tryComplete(result);
        }
    }

    /** It could not be kept. */
    void refused(Throwable why) {
        end(Future.failedFuture(why));
        answer.tryFail(why);
    }

    private void end(Future<AppendResult> told) {
        toldBefore = told;
        if (question != null) {
            question.giveUp(CommandsInWork.givenUp(command.name()));
        }
    }

    @Nullable
    KeptPart kept() {
        return kept;
    }

    /** What is left to be told when its turn comes or ends; null where its event is still to be made. */
    @Nullable
    Future<AppendResult> toldBefore() {
        return toldBefore;
    }

    AppendTerms terms() {
        return kept == null
                ? AppendTerms.once(mention.onlyIfChanged(), key)
                : AppendTerms.fulfilling(mention.onlyIfChanged(), kept);
    }

    /** Takes the last step, unless it has been told already. Waits for a keep that is under way. */
    Future<AppendResult> settle(Supplier<Future<AppendResult>> lastStep) {
        return command.afterKeeping(() -> {
            if (toldBefore != null) {
                return toldBefore;
            }
            settling = true;
            return lastStep.get();
        });
    }

    /** Notes a failure; tells how many there were. */
    int failedAgain() {
        return ++failures;
    }

    /** Its turn is over. */
    void finished(@Nullable AppendResult result, @Nullable Throwable failure) {
        settling = true;
        if (!answer.future().isComplete()) {
            answer.complete(result, failure);
        }
        command.partMoved();
    }

    /** Whether nothing more can be told of it before its turn is over or it is kept. */
    boolean isSettledOrDelayed() {
        return delayed || settling;
    }

    @Override
    public String toString() {
        return mention.locator().toString();
    }

    CallbackException defect(Throwable failure) {
        return CallbackException.of(failure, "a defect while command " + command.name() + " was enriched");
    }
}
