package io.cloudland.callback.store.postgresql;

import io.cloudland.callback.error.CallbackException;
import io.cloudland.callback.error.ErrorCode;
import io.cloudland.callback.store.AppendResult;
import io.cloudland.callback.store.CommandKey;
import io.cloudland.callback.store.KeptCommand;
import io.cloudland.callback.store.KeptPart;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A command that is to be kept for later, but for the parts of it that are known from before. */
final class InboxKeep extends Entry<List<AppendResult>> {

    private final KeptCommand command;
    private final Instant now;
    private List<AppendResult> results = List.of();

    InboxKeep(KeptCommand command, Instant now) {
        this.command = command;
        this.now = now;
    }

    @Override
    List<CommandKey> keys() {
        return command.parts().stream()
                .map(KeptPart::key)
                .flatMap(Optional::stream)
                .toList();
    }

    @Override
    void applyTo(View view) {
        List<AppendResult> told = new ArrayList<>();
        List<KeptPart> fresh = new ArrayList<>();
        for (KeptPart part : command.parts()) {
            Optional<AppendResult> earlier =
                    part.key().flatMap(key -> view.seen().earlier(key, now));
            told.add(earlier.orElseGet(() -> new AppendResult.Kept(part.eventId())));
            if (earlier.isEmpty()) {
                fresh.add(part);
            }
        }
        if (!fresh.isEmpty()) {
            keep(view, fresh);
        }
        results = told;
    }

    private void keep(View view, List<KeptPart> fresh) {
        view.roomProblem(fresh.size()).ifPresent(why -> {
            throw full(why);
        });
        view.inbox().keep(new KeptCommand(command.arrival(), command.command(), fresh));
        for (KeptPart part : fresh) {
            part.key().ifPresent(key -> view.seen().remember(key, Optional.of(part.eventId()), now));
        }
    }

    private CallbackException full(String why) {
        return new CallbackException(
                ErrorCode.QUEUE_FULL,
                "the lookup does not answer and command " + command.command().name()
                        + " cannot be kept for later, because " + why
                        + "; nothing was kept of it, send it again later");
    }

    @Override
    List<AppendResult> result() {
        return results;
    }

    @Override
    public String toString() {
        return "command " + command.command().name() + ", to be kept for later,";
    }
}
