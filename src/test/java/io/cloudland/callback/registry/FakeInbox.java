package io.cloudland.callback.registry;

import io.cloudland.callback.store.AppendResult;
import io.cloudland.callback.store.Inbox;
import io.cloudland.callback.store.KeptCommand;
import io.cloudland.callback.store.KeptPart;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.LongFunction;

/** Keeps commands in a list. */
final class FakeInbox implements Inbox {

    /** What is answered to each question for commands of nodes that are gone, by the first arrival; nothing where it is empty. */
    final Queue<LongFunction<Future<List<KeptCommand>>>> orphans = new ConcurrentLinkedQueue<>();

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
    public Future<List<KeptCommand>> adopt(long firstArrival, int limit) {
        LongFunction<Future<List<KeptCommand>>> next = orphans.poll();
        return next == null ? Future.succeededFuture(List.of()) : next.apply(firstArrival);
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
