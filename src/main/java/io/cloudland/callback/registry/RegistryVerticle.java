package io.cloudland.callback.registry;

import io.cloudland.callback.error.CallbackException;
import io.cloudland.callback.lookup.ResourceLookup;
import io.cloudland.callback.model.CommandMessage;
import io.cloudland.callback.observe.CommandListener;
import io.cloudland.callback.store.EventStore;
import io.cloudland.callback.store.Inbox;
import io.cloudland.callback.time.HomeContext;
import io.cloudland.callback.time.Timers;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Turns commands into stored events: finds what a command means, enriches it in the order of arrival per resource, and
 * answers when its events are kept.
 *
 * <p>All its state is confined to its own context. Results complete there, at once where nothing had to be waited for.
 */
public final class RegistryVerticle extends VerticleBase implements CommandIntake {

    private static final Logger log = LoggerFactory.getLogger("registry");

    private final ResourceLookup lookup;
    private final EventStore store;
    private final CommandsInWork inWork;
    private final CommandListener listener;
    private final Duration stopLimit;
    private final Timers timers;
    private volatile RegistryRules rules;
    private volatile @Nullable HomeContext home;
    private @Nullable CommandSplitter commands;
    private @Nullable OrphanedCommands orphans;

    /**
     * @param maxCommandsInWork how many commands may be under way or kept before more are refused
     * @param stopLimit how long a stop waits for those under way before it gives them up
     * @param timers tells when that time is over
     * @param listener hears of kept commands that make no event after all
     */
    public RegistryVerticle(
            RegistryRules rules,
            ResourceLookup lookup,
            EventStore store,
            int maxCommandsInWork,
            Duration stopLimit,
            Timers timers,
            CommandListener listener) {
        this.rules = rules;
        this.lookup = lookup;
        this.store = store;
        this.inWork = new CommandsInWork(
                maxCommandsInWork, () -> store.inbox().map(Inbox::size).orElse(0L));
        this.listener = listener;
        this.stopLimit = stopLimit;
        this.timers = timers;
    }

    @Override
    public Future<?> start() {
        HomeContext here = new HomeContext(context);
        KeptCommands kept = new KeptCommands(here, store.inbox(), inWork::abandoned);
        KeptFailures failures = new KeptFailures(here, kept, listener, timers);
        EventMaker events = new EventMaker(here, lookup, store, inWork::abandoned, kept);
        CommandSplitter splitter = new CommandSplitter(new PartTurns(events, failures), kept, failures);
        commands = splitter;
        orphans = new OrphanedCommands(kept, splitter, () -> rules, timers);
        return splitter.resume(rules).onSuccess(resumed -> home = here);
    }

    /** Works by other rules from the next command on. May be called from any thread. */
    public void use(RegistryRules newRules) {
        rules = newRules;
    }

    /** Takes over what nodes that are gone had kept, where the store is shared; nodes have come or gone. Any thread. */
    public void takeOver() {
        HomeContext here = home;
        OrphanedCommands taker = orphans;
        if (here != null && taker != null) {
            here.run(taker::look);
        }
    }

    @Override
    public boolean isRegistered(String commandName) {
        return rules.commands().isRegistered(commandName);
    }

    @Override
    public Future<CommandResult> submit(CommandMessage command) {
        HomeContext here = home;
        CommandSplitter splitter = commands;
        if (here == null || splitter == null) {
            return Future.failedFuture(CommandsInWork.shuttingDown(command.name()));
        }
        return here.call(() -> take(command, splitter));
    }

    private Future<CommandResult> take(CommandMessage command, CommandSplitter splitter) {
        CallbackException refusal = inWork.refusal(command.name());
        if (refusal != null) {
            return Future.failedFuture(refusal);
        }
        try {
            return inWork.track(command.name(), splitter.take(command, rules));
        } catch (RuntimeException | Error failure) {
            return Future.failedFuture(
                    CallbackException.of(failure, "a defect while command " + command.name() + " was read"));
        }
    }

    /** Refuses new commands and waits for those under way, within the limit; then gives up those left. */
    @Override
    public Future<?> stop() {
        inWork.close();
        if (orphans != null) {
            orphans.close();
        }
        Timers.Cancellable limit = timers.schedule(stopLimit, this::giveUp);
        return drained().onComplete(ended -> limit.cancel());
    }

    /** Gives the lookup back, on the context that it is used from. After the stop. */
    public Future<Void> closeLookup() {
        HomeContext here = home;
        return (here == null ? lookup.close() : here.call(lookup::close)).otherwise(failure -> {
            log.warn("The lookup could not be closed: {}; the stop goes on", failure.toString());
            return null;
        });
    }

    private void giveUp() {
        HomeContext here = home;
        if (here != null) {
            here.run(this::abandon);
        }
    }

    private void abandon() {
        if (inWork.size() > 0) {
            log.warn(
                    "Gave up on {} command(s) still in work {} after the stop began; their senders are told to send them"
                            + " again",
                    inWork.size(),
                    stopLimit);
        }
        inWork.abandon();
    }

    /** Completes when a stop has seen the last command out; what is appended is then complete. */
    public Future<Void> drained() {
        return inWork.drained();
    }
}
