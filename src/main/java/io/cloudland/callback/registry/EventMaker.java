package io.cloudland.callback.registry;

import io.cloudland.callback.lookup.DelayListener;
import io.cloudland.callback.lookup.ResourceLookup;
import io.cloudland.callback.model.CommandMessage;
import io.cloudland.callback.model.ResourceChange;
import io.cloudland.callback.model.ResourceLocator;
import io.cloudland.callback.model.ResourceRef;
import io.cloudland.callback.model.ResourceSnapshot;
import io.cloudland.callback.model.ResourceState;
import io.cloudland.callback.store.AppendResult;
import io.cloudland.callback.store.EventStore;
import io.cloudland.callback.store.KeptPart;
import io.cloudland.callback.time.HomeContext;
import io.vertx.core.Future;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * Makes the event of one mention, when its turn has come: lookup, enrichment, append.
 *
 * <p>A resource's turn lasts until its append is durable, so that the last known state read in the next turn is true.
 * Confined to the registry's context.
 */
final class EventMaker {

    private static final String DELETED = "deleted";
    private static final Future<AppendResult> UNCHANGED = Future.succeededFuture(new AppendResult.Unchanged());

    /** What one run works on. */
    record Work(RegistryRules rules, CommandDefinition definition, CommandMessage command, Mention mention, Part part) {

        Optional<ResourceRef> resource(Optional<ResourceSnapshot> snapshot) {
            return mention.locator() instanceof ResourceLocator.ById byId
                    ? Optional.of(byId.resource())
                    : snapshot.map(ResourceSnapshot::resource);
        }
    }

    private final HomeContext home;
    private final ResourceLookup lookup;
    private final EventStore store;
    private final BooleanSupplier abandoned;
    private final KeptCommands kept;

    /** @param abandoned whether nothing may be stored any more but what was kept */
    EventMaker(
            HomeContext home, ResourceLookup lookup, EventStore store, BooleanSupplier abandoned, KeptCommands kept) {
        this.home = home;
        this.lookup = lookup;
        this.store = store;
        this.abandoned = abandoned;
        this.kept = kept;
    }

    /** What is to be worked on for a part. */
    static Work work(RegistryRules rules, CommandDefinition definition, Part part) {
        CommandMessage command = part.command().command();
        boolean foreign = carriesForeignSnapshot(command, part.mention());
        return new Work(rules, definition, foreign ? command.withoutSnapshot() : command, part.mention(), part);
    }

    /** A status report names many resources; the one snapshot that it carries is that of one of them at most. */
    private static boolean carriesForeignSnapshot(CommandMessage command, Mention mention) {
        return mention.onlyIfChanged()
                && command.snapshot().isPresent()
                && mention.locator() instanceof ResourceLocator.ById byId
                && !isOf(command.snapshot().get(), byId.resource().id());
    }

    private static boolean isOf(Map<String, Object> snapshot, long id) {
        return String.valueOf(id).equals(String.valueOf(snapshot.getOrDefault("resource_id", snapshot.get("id"))));
    }

    /** @param stall told where the lookup takes long */
    Future<AppendResult> run(Work work, Runnable stall) {
        try {
            return canTellUnchanged(work)
                    ? lastState(work, Optional.empty())
                            .compose(last -> saysTheSame(work, last) ? unchanged(work) : find(work, stall))
                    : find(work, stall);
        } catch (RuntimeException | Error failure) {
            return Future.failedFuture(failure);
        }
    }

    /** Found out without the store, which is told all the same where it has to remember. */
    private Future<AppendResult> unchanged(Work work) {
        Part part = work.part();
        return part.settle(() -> {
            KeptPart row = part.kept();
            if (row != null) {
                return kept.drop(row, UNCHANGED);
            }
            return part.key().isPresent()
                    ? home.bring(store.unchanged(part.key().get()))
                    : UNCHANGED;
        });
    }

    /** A status report is nearly always old news: the last known status settles that without a lookup. */
    private static boolean canTellUnchanged(Work work) {
        return work.mention().onlyIfChanged()
                && work.mention().status().isPresent()
                && work.command().snapshot().isEmpty();
    }

    private static boolean saysTheSame(Work work, Optional<ResourceState> last) {
        return last.isPresent()
                && (last.get().status().equals(DELETED)
                        || last.get().status().equals(work.mention().status().orElse("")));
    }

    /** A hypervisor can report an instance once more while it is being removed: that does not bring it back. */
    private static boolean isGone(Work work, Optional<ResourceSnapshot> snapshot) {
        return work.mention().onlyIfChanged()
                && snapshot.isPresent()
                && snapshot.get().deleted();
    }

    private Future<AppendResult> find(Work work, Runnable stall) {
        DelayListener onDelay = question -> home.run(() -> {
            work.part().waitsFor(question);
            stall.run();
        });
        return home.bring(lookup.find(work.mention().locator(), work.command(), onDelay))
                .compose(snapshot -> recall(work, snapshot));
    }

    private Future<AppendResult> recall(Work work, Optional<ResourceSnapshot> snapshot) {
        if (isGone(work, snapshot)) {
            return unchanged(work);
        }
        return Enricher.needsLastState(work.definition(), work.mention(), work.command(), snapshot)
                ? lastState(work, snapshot).compose(last -> append(work, snapshot, last))
                : append(work, snapshot, Optional.empty());
    }

    private Future<Optional<ResourceState>> lastState(Work work, Optional<ResourceSnapshot> snapshot) {
        Optional<ResourceRef> resource = work.resource(snapshot);
        return resource.isPresent()
                ? home.bring(store.lastState(resource.get()))
                : Future.succeededFuture(Optional.empty());
    }

    private Future<AppendResult> append(Work work, Optional<ResourceSnapshot> snapshot, Optional<ResourceState> last) {
        ResourceChange change = Enricher.enrich(
                work.definition(),
                work.mention(),
                work.command(),
                snapshot,
                last,
                work.rules().region());
        return work.part().settle(() -> store(work, change));
    }

    private Future<AppendResult> store(Work work, ResourceChange change) {
        if (abandoned.getAsBoolean() && work.part().kept() == null) {
            return Future.failedFuture(CommandsInWork.givenUp(work.command().name()));
        }
        return home.bring(store.append(change, work.part().terms(), work.rules().planner()));
    }
}
