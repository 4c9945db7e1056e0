package io.cloudland.callback.registry;

import io.cloudland.callback.lookup.ResourceLookup;
import io.cloudland.callback.model.CommandMessage;
import io.cloudland.callback.model.ResourceChange;
import io.cloudland.callback.model.ResourceLocator;
import io.cloudland.callback.model.ResourceRef;
import io.cloudland.callback.model.ResourceSnapshot;
import io.cloudland.callback.model.ResourceState;
import io.cloudland.callback.store.AppendResult;
import io.cloudland.callback.store.EventStore;
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

    /** What one run works on. */
    private record Work(RegistryRules rules, CommandDefinition definition, CommandMessage command, Mention mention) {

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
    private final ResourceSequencer sequencer = new ResourceSequencer();

    /** @param abandoned whether nothing may be kept any more */
    EventMaker(HomeContext home, ResourceLookup lookup, EventStore store, BooleanSupplier abandoned) {
        this.home = home;
        this.lookup = lookup;
        this.store = store;
        this.abandoned = abandoned;
    }

    Future<AppendResult> make(
            RegistryRules rules, CommandDefinition definition, CommandMessage command, Mention mention) {
        CommandMessage told = carriesForeignSnapshot(command, mention) ? command.withoutSnapshot() : command;
        Work work = new Work(rules, definition, told, mention);
        return sequencer.inTurn(OrderKeys.of(mention), () -> run(work));
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

    private Future<AppendResult> run(Work work) {
        return canTellUnchanged(work)
                ? lastState(work, Optional.empty())
                        .compose(last -> saysTheSame(work, last)
                                ? Future.succeededFuture(new AppendResult.Unchanged())
                                : find(work))
                : find(work);
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

    private Future<AppendResult> find(Work work) {
        return home.bring(lookup.find(work.mention().locator(), work.command()))
                .compose(snapshot -> recall(work, snapshot));
    }

    private Future<AppendResult> recall(Work work, Optional<ResourceSnapshot> snapshot) {
        if (isGone(work, snapshot)) {
            return Future.succeededFuture(new AppendResult.Unchanged());
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
        if (abandoned.getAsBoolean()) {
            return Future.failedFuture(CommandsInWork.givenUp(work.command().name()));
        }
        ResourceChange change = Enricher.enrich(
                work.definition(),
                work.mention(),
                work.command(),
                snapshot,
                last,
                work.rules().region());
        return home.bring(store.append(
                change, work.mention().onlyIfChanged(), work.rules().planner()));
    }
}
