package io.cloudland.callback.registry;

import io.cloudland.callback.store.AppendResult;
import io.cloudland.callback.store.KeptPart;
import io.vertx.core.Future;

/**
 * Has the event of each part made in its turn, and tells the part how that ended. A kept part whose event cannot be made has
 * its turn until it can, or until it is let go. Confined to the registry's context.
 */
final class PartTurns {

    private final EventMaker events;
    private final KeptFailures failures;
    private final ResourceSequencer sequencer = new ResourceSequencer();

    PartTurns(EventMaker events, KeptFailures failures) {
        this.events = events;
        this.failures = failures;
    }

    /** Puts the part into its lines. */
    void take(RegistryRules rules, CommandDefinition definition, Part part) {
        EventMaker.Work work = EventMaker.work(rules, definition, part);
        sequencer.inTurn(OrderKeys.of(part.mention()), turnOf(part, work)).onComplete(part::finished);
    }

    private TurnWork<AppendResult> turnOf(Part part, EventMaker.Work work) {
        return new TurnWork<>() {
            @Override
            public Future<AppendResult> run(Runnable stall) {
                return attempt(part, work, stall);
            }

            @Override
            public void stalled() {
                part.delayed();
            }
        };
    }

    private Future<AppendResult> attempt(Part part, EventMaker.Work work, Runnable stall) {
        Future<AppendResult> told = part.toldBefore();
        return told != null ? told : events.run(work, stall).recover(failure -> failed(part, work, failure, stall));
    }

    private Future<AppendResult> failed(Part part, EventMaker.Work work, Throwable failure, Runnable stall) {
        return part.command().afterKeeping(() -> {
            Future<AppendResult> told = part.toldBefore();
            if (told != null) {
                return told;
            }
            KeptPart row = part.kept();
            if (row == null) {
                return Future.failedFuture(failure);
            }
            stall.run(); // Those behind it need not wait for it either.
            return failures.handle(part, row, failure, () -> attempt(part, work, stall));
        });
    }
}
