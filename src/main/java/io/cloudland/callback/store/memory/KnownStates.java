package io.cloudland.callback.store.memory;

import io.cloudland.callback.model.Action;
import io.cloudland.callback.model.ResourceChange;
import io.cloudland.callback.model.ResourceChangeEvent;
import io.cloudland.callback.model.ResourceRef;
import io.cloudland.callback.model.ResourceState;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The last known state of every living resource, and of the newest deleted ones. Guarded by the store's lock for appends.
 *
 * <p>A deleted resource's id never comes back, so only tombstones may be forgotten: forgetting a living resource would
 * break its sequence and its chain of statuses.
 */
final class KnownStates {

    static final int MAX_TOMBSTONES = 100_000;

    private final Map<ResourceRef, ResourceState> states = new HashMap<>();
    private final Set<ResourceRef> tombstones = new LinkedHashSet<>();

    @Nullable
    ResourceState get(ResourceRef resource) {
        return states.get(resource);
    }

    void put(ResourceChangeEvent event) {
        ResourceChange change = event.change();
        states.put(
                change.resource(),
                new ResourceState(
                        change.resource(),
                        change.uuid(),
                        change.status(),
                        change.tenantId(),
                        change.metadata(),
                        event.sequence()));
        tombstones.remove(change.resource());
        if (change.action() == Action.DELETED) {
            bury(change.resource());
        }
    }

    private void bury(ResourceRef resource) {
        tombstones.add(resource);
        if (tombstones.size() > MAX_TOMBSTONES) {
            Iterator<ResourceRef> oldest = tombstones.iterator();
            states.remove(oldest.next());
            oldest.remove();
        }
    }

    int size() {
        return states.size();
    }
}
