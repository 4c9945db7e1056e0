package io.cloudland.callback.registry;

import io.cloudland.callback.error.CallbackException;
import io.cloudland.callback.error.ErrorCode;
import io.cloudland.callback.model.CommandMessage;
import io.cloudland.callback.observe.CommandListener;
import io.cloudland.callback.store.AppendResult;
import io.cloudland.callback.store.KeptPart;
import io.cloudland.callback.time.Backoff;
import io.cloudland.callback.time.HomeContext;
import io.cloudland.callback.time.Timers;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What happens when the event of a kept command cannot be made. Its sender has been told that it is accepted: so it is tried
 * again for as long as that can help, and where it cannot, the operator is told instead. Confined to the registry's context.
 */
final class KeptFailures {

    private static final Logger log = LoggerFactory.getLogger("registry");

    /** A defect may pass; one that stays must not hold back its resource for ever. */
    private static final int MOST_DEFECTS = 5;

    private final HomeContext home;
    private final KeptCommands kept;
    private final CommandListener listener;
    private final Timers timers;
    private final Backoff backoff = new Backoff(Duration.ofSeconds(1), Duration.ofMinutes(1));

    /** @param listener hears of those that make no event */
    KeptFailures(HomeContext home, KeptCommands kept, CommandListener listener, Timers timers) {
        this.home = home;
        this.kept = kept;
        this.listener = listener;
        this.timers = timers;
    }

    /** @param again tries once more */
    Future<AppendResult> handle(Part part, KeptPart row, Throwable failure, Supplier<Future<AppendResult>> again) {
        CallbackException why = part.defect(failure);
        if (why.code() == ErrorCode.SHUTTING_DOWN) {
            return Future.failedFuture(why); // The next run of the service takes it up.
        }
        int times = part.failedAgain();
        boolean tryAgain = why.code() == ErrorCode.INTERNAL
                ? times < MOST_DEFECTS
                : why.code().retryable();
        return tryAgain ? later(times, again) : letGo(part.command().command(), part + "", row, why);
    }

    private Future<AppendResult> later(int times, Supplier<Future<AppendResult>> again) {
        Promise<AppendResult> result = Promise.promise();
        timers.schedule(backoff.after(times), () -> home.run(() -> again.get().onComplete(result)));
        return result.future();
    }

    /** Takes the row out and tells; one line each, because an acknowledged command is lost to its receivers. */
    Future<AppendResult> letGo(CommandMessage command, String resource, KeptPart row, CallbackException why) {
        log.warn(
                "Command {}{} was accepted and kept while the lookup did not answer, but makes no event of {} ({}): {}",
                command.name(),
                command.id().map(id -> " with id " + CommandArguments.shown(id)).orElse(""),
                resource,
                row.eventId(),
                why.getMessage());
        Future<AppendResult> dropped = kept.drop(row, Future.failedFuture(why));
        listener.keptRefused(why.code());
        return dropped;
    }
}
