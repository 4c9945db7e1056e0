package io.cloudland.callback.registry;

import io.cloudland.callback.error.CallbackException;
import io.cloudland.callback.model.EventId;
import io.cloudland.callback.store.AppendResult;
import io.cloudland.callback.store.Inbox;
import io.cloudland.callback.store.KeptCommand;
import io.cloudland.callback.store.KeptPart;
import io.cloudland.callback.time.HomeContext;
import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * Keeps commands whose lookup does not answer in the store, and hands them out again after a restart. Where the store has
 * no place for them, their senders wait. Confined to the registry's context.
 */
final class KeptCommands {

    /** So many are read, or taken over, at once. */
    static final int CHUNK = 256;

    private final HomeContext home;
    private final Optional<Inbox> inbox;
    private final BooleanSupplier abandoned;

    /** @param abandoned whether nothing may be kept any more */
    KeptCommands(HomeContext home, Optional<Inbox> inbox, BooleanSupplier abandoned) {
        this.home = home;
        this.inbox = inbox;
        this.abandoned = abandoned;
    }

    /** The arrival after which the next command arrives. */
    long lastArrival() {
        return inbox.map(Inbox::lastArrival).orElse(0L);
    }

    /** Tells the parts whether they are kept; completes, always well, when they have been told. */
    Future<Void> keep(CommandUnderWay command, List<Part> parts) {
        if (inbox.isEmpty() || abandoned.getAsBoolean()) {
            return Future.succeededFuture();
        }
        List<KeptPart> asked = parts.stream()
                .map(part -> new KeptPart(command.arrival(), part.index(), EventId.random(), part.key()))
                .toList();
        return home.bring(inbox.get().keep(new KeptCommand(command.arrival(), command.command(), asked)))
                .transform((results, failure) -> {
                    if (failure == null) {
                        tell(parts, asked, results);
                    } else {
                        parts.forEach(part -> part.refused(failure));
                    }
                    return Future.succeededFuture();
                });
    }

    private static void tell(List<Part> parts, List<KeptPart> asked, List<AppendResult> results) {
        for (int i = 0; i < parts.size(); i++) {
            parts.get(i).told(asked.get(i), results.get(i));
        }
    }

    /** Hands out all that is kept, in the order of arrival, a bounded number at a time; completes with their number. */
    Future<Integer> handOut(Consumer<KeptCommand> taker) {
        return inbox.isEmpty() ? Future.succeededFuture(0) : handOut(inbox.get(), 0, 0, taker);
    }

    private Future<Integer> handOut(Inbox from, long afterArrival, int before, Consumer<KeptCommand> taker) {
        return home.bring(from.after(afterArrival, CHUNK)).compose(found -> {
            found.forEach(taker);
            int handedOut = before + found.size();
            return found.size() < CHUNK
                    ? Future.succeededFuture(handedOut)
                    : handOut(from, found.get(CHUNK - 1).arrival(), handedOut, taker);
        });
    }

    /** Takes over what nodes that are gone had kept, a bounded number, under arrivals from {@code firstArrival} on. */
    Future<List<KeptCommand>> adopt(long firstArrival) {
        return inbox.isEmpty()
                ? Future.succeededFuture(List.of())
                : home.bring(inbox.get().adopt(firstArrival, CHUNK));
    }

    /** Lets a part go without an event. */
    Future<AppendResult> drop(KeptPart part, Future<AppendResult> told) {
        return inbox.isEmpty() ? told : home.bring(inbox.get().drop(part)).compose(dropped -> told);
    }

    /** Why a kept command that makes no sense any more makes no event. */
    static CallbackException unreadable(KeptCommand command, Throwable failure) {
        return CallbackException.of(
                failure, "a defect while the kept command " + command.command().name() + " was read");
    }
}
