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
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * Makes the event of one mention, when its turn has come: lookup, enrichment, append.
 *
 * <p>A resource's turn lasts until its append is durable, so that the last known state read in the next turn is true.
 * Confined to the registry's context.
 */
final class EventMaker {

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
        Work work = new Work(rules, definition, command, mention);
        return sequencer.inTurn(OrderKeys.of(mention), () -> run(work));
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
                && last.get().status().equals(work.mention().status().orElse(""));
    }

    private Future<AppendResult> find(Work work) {
        return home.bring(lookup.find(work.mention().locator(), work.command()))
                .compose(snapshot -> recall(work, snapshot));
    }

    private Future<AppendResult> recall(Work work, Optional<ResourceSnapshot> snapshot) {
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
