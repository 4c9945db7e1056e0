package io.cloudland.callback.registry;

import io.cloudland.callback.store.KeptCommand;
import io.cloudland.callback.time.Timers;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes over the commands that nodes had kept which are gone, where several share a store: whenever nodes have come or gone, and
 * now and then, in case that went unheard. Confined to the registry's context.
 */
final class OrphanedCommands {

    private static final Logger log = LoggerFactory.getLogger("registry");

    private static final Duration EVERY = Duration.ofMinutes(1);
    private static final Duration AFTER_FAILURE = Duration.ofSeconds(5);
    private static final long NONE = -1;

    private final KeptCommands kept;
    private final CommandSplitter splitter;
    private final Supplier<RegistryRules> rules;
    private final Timers timers;
    private Timers.Cancellable next = () -> {};
    private long reserved = NONE; // A try that failed may have taken some over under these arrivals.
    private boolean underWay;
    private boolean wantedAgain;
    private boolean closed;
    private long failures;

    OrphanedCommands(KeptCommands kept, CommandSplitter splitter, Supplier<RegistryRules> rules, Timers timers) {
        this.kept = kept;
        this.splitter = splitter;
        this.rules = rules;
        this.timers = timers;
    }

    /** Looks for some now, and from then on by itself. */
    void look() {
        wantedAgain = underWay;
        if (underWay || closed) {
            return;
        }
        next.cancel();
        underWay = true;
        if (reserved == NONE) {
            reserved = splitter.reserveArrivals(KeptCommands.CHUNK);
        }
        kept.adopt(reserved).onComplete(this::found, this::failed);
    }

    private void found(List<KeptCommand> commands) {
        underWay = false;
        reserved = NONE;
        if (failures > 0) {
            log.info(
                    "Commands that nodes which are gone had kept can be taken over again, after {} failures", failures);
            failures = 0;
        }
        if (closed) {
            return; // Another node takes them over, or the next run of this one.
        }
        commands.forEach(command -> splitter.resume(command, rules.get()));
        if (!commands.isEmpty()) {
            log.info(
                    "{} commands are taken over that nodes which are gone had kept for want of a lookup",
                    commands.size());
        }
        lookAgain(commands.size() == KeptCommands.CHUNK ? Duration.ofMillis(1) : EVERY);
    }

    private void failed(Throwable failure) {
        underWay = false;
        if (!closed) {
            tell(failure);
            lookAgain(AFTER_FAILURE);
        }
    }

    private void tell(Throwable failure) {
        if (failures++ == 0) {
            log.warn(
                    "Commands that nodes which are gone had kept, if any, cannot be taken over: {}; it is tried again, further"
                            + " failures are not logged",
                    failure.getMessage());
        }
    }

    private void lookAgain(Duration after) {
        if (wantedAgain) {
            wantedAgain = false;
            look();
        } else {
            next = timers.schedule(after, this::look);
        }
    }

    void close() {
        closed = true;
        next.cancel();
    }
}
