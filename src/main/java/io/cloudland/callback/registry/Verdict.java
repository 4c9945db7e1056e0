package io.cloudland.callback.registry;

import io.cloudland.callback.error.CallbackException;
import io.cloudland.callback.model.EventId;
import io.cloudland.callback.store.AppendResult;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;

/**
 * Sums up what became of all the resources of one command.
 *
 * <ol>
 *   <li>Where anything failed that can succeed later, the command fails with it, whatever else was kept: the sender sends
 *       it again, and what is kept already is then unchanged.
 *   <li>Where at least one event was kept, the command is accepted and its reply lists the problems.
 *   <li>Where none was kept and there is a problem, the command fails with the first one, also beside unchanged ones: a
 *       plain "unchanged" would hide it from the sender.
 *   <li>Else nothing changed.
 * </ol>
 */
final class Verdict {

    private static final Future<CommandResult> UNCHANGED =
            Future.succeededFuture(new CommandResult.Ignored(IgnoreReason.UNCHANGED));

    private Verdict() {}

    /** @param appends all of them complete, in the order of the command's mentions */
    static Future<CommandResult> on(
            String command, List<Future<AppendResult>> appends, List<CallbackException> extractionProblems) {
        List<EventId> events = new ArrayList<>(appends.size());
        List<CallbackException> problems = new ArrayList<>(extractionProblems);
        for (Future<AppendResult> append : appends) {
            if (append.failed()) {
                problems.add(
                        CallbackException.of(append.cause(), "a defect while command " + command + " was enriched"));
            } else if (append.result() instanceof AppendResult.Appended appended) {
                events.add(appended.event().id());
            }
        }
        return of(events, problems);
    }

    private static Future<CommandResult> of(List<EventId> events, List<CallbackException> problems) {
        for (CallbackException problem : problems) {
            if (problem.code().retryable()) {
                return Future.failedFuture(problem);
            }
        }
        if (!events.isEmpty()) {
            return Future.succeededFuture(new CommandResult.Accepted(events, problems));
        }
        return problems.isEmpty() ? UNCHANGED : Future.failedFuture(problems.get(0));
    }
}
