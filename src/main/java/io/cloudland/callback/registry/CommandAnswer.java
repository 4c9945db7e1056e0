package io.cloudland.callback.registry;

import io.cloudland.callback.error.CallbackException;
import io.cloudland.callback.model.EventId;
import io.cloudland.callback.store.AppendResult;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Sums up what became of all the resources of one command.
 *
 * <ol>
 *   <li>Where anything failed that can succeed later, the command fails with it, whatever else was kept: the sender sends
 *       it again, and what is kept already is then unchanged.
 *   <li>Where at least one event was kept, now, before or for later, the command is accepted and its reply lists the
 *       problems.
 *   <li>Where none was kept and there is a problem, the command fails with the first one, also beside unchanged ones: a
 *       plain "unchanged" would hide it from the sender.
 *   <li>Else nothing changed.
 * </ol>
 */
final class CommandAnswer {

    private static final Future<CommandResult> UNCHANGED =
            Future.succeededFuture(new CommandResult.Ignored(IgnoreReason.UNCHANGED));

    private CommandAnswer() {}

    /** @param appends all of them complete, in the order of the command's mentions */
    static Future<CommandResult> on(
            String command, List<Future<AppendResult>> appends, List<CallbackException> extractionProblems) {
        List<EventId> events = new ArrayList<>(appends.size());
        List<CallbackException> problems = new ArrayList<>(extractionProblems);
        for (Future<AppendResult> append : appends) {
            if (append.failed()) {
                problems.add(
                        CallbackException.of(append.cause(), "a defect while command " + command + " was enriched"));
            } else {
                eventOf(append.result()).ifPresent(events::add);
            }
        }
        boolean kept = count(AppendResult.Kept.class, appends) > 0;
        int duplicates = count(AppendResult.Duplicate.class, appends);
        return of(new CommandResult.Accepted(events, problems, kept, duplicates));
    }

    private static int count(Class<? extends AppendResult> kind, List<Future<AppendResult>> appends) {
        int count = 0;
        for (Future<AppendResult> append : appends) {
            count += kind.isInstance(append.result()) ? 1 : 0;
        }
        return count;
    }

    private static Optional<EventId> eventOf(AppendResult result) {
        if (result instanceof AppendResult.Appended appended) {
            return Optional.of(appended.event().id());
        }
        if (result instanceof AppendResult.Kept kept) {
            return Optional.of(kept.eventId());
        }
        return result instanceof AppendResult.Duplicate before ? Optional.of(before.eventId()) : Optional.empty();
    }

    private static Future<CommandResult> of(CommandResult.Accepted accepted) {
        List<CallbackException> problems = accepted.problems();
        for (CallbackException problem : problems) {
            if (problem.code().retryable()) {
                return Future.failedFuture(problem);
            }
        }
        if (!accepted.eventIds().isEmpty()) {
            return Future.succeededFuture(accepted);
        }
        return problems.isEmpty() ? UNCHANGED : Future.failedFuture(problems.get(0));
    }
}
