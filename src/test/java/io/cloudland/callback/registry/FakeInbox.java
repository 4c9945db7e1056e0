package io.cloudland.callback.registry;

import io.cloudland.callback.store.AppendResult;
import io.cloudland.callback.store.Inbox;
import io.cloudland.callback.store.KeptCommand;
import io.cloudland.callback.store.KeptPart;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;

/** Keeps commands in a list. */
final class FakeInbox implements Inbox {

    private final List<KeptCommand> commands = new ArrayList<>();
    private final List<KeptPart> parts = new ArrayList<>();

    synchronized List<KeptCommand> commands() {
        return List.copyOf(commands);
    }

    @Override
    public synchronized Future<List<AppendResult>> keep(KeptCommand command) {
        commands.add(command);
        parts.addAll(command.parts());
        return Future.succeededFuture(command.parts().stream()
                .<AppendResult>map(part -> new AppendResult.Kept(part.eventId()))
                .toList());
    }

    @Override
    public synchronized Future<List<KeptCommand>> after(long afterArrival, int limit) {
        return Future.succeededFuture(commands.stream()
                .filter(command -> command.arrival() > afterArrival)
                .limit(limit)
                .toList());
    }

    @Override
    public synchronized Future<Void> drop(KeptPart part) {
        parts.removeIf(kept -> kept.eventId().equals(part.eventId()));
        return Future.succeededFuture();
    }

    @Override
    public synchronized long lastArrival() {
        return commands.isEmpty() ? 0 : commands.get(commands.size() - 1).arrival();
    }

    @Override
    public synchronized long size() {
        return parts.size();
    }
}
