package io.cloudland.callback.registry;

import io.cloudland.callback.lookup.ResourceLookup;
import io.cloudland.callback.model.CommandMessage;
import io.cloudland.callback.model.ResourceLocator;
import io.cloudland.callback.model.ResourceRef;
import io.cloudland.callback.model.ResourceSnapshot;
import io.cloudland.callback.model.ResourceType;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** Knows what it is told, at once or, while it is held, when the test says so. */
final class ScriptedLookup implements ResourceLookup {

    /** A question that waits for its answer. */
    record Asked(ResourceLocator locator, Promise<Optional<ResourceSnapshot>> answer) {}

    private final Map<ResourceLocator, ResourceSnapshot> known = new HashMap<>();
    private final List<Asked> waiting = new ArrayList<>();
    private boolean held;
    final AtomicInteger questions = new AtomicInteger();

    synchronized ScriptedLookup knows(ResourceLocator locator, ResourceSnapshot snapshot) {
        known.put(locator, snapshot);
        return this;
    }

    ScriptedLookup knows(ResourceSnapshot snapshot) {
        return knows(new ResourceLocator.ById(snapshot.resource()), snapshot);
    }

    synchronized void hold() {
        held = true;
    }

    synchronized List<Asked> waiting() {
        return List.copyOf(waiting);
    }

    @Override
    public synchronized Future<Optional<ResourceSnapshot>> find(ResourceLocator locator, CommandMessage command) {
        questions.incrementAndGet();
        if (!held) {
            return Future.succeededFuture(Optional.ofNullable(known.get(locator)));
        }
        Promise<Optional<ResourceSnapshot>> answer = Promise.promise();
        waiting.add(new Asked(locator, answer));
        return answer.future();
    }

    void answer(Asked asked) {
        Optional<ResourceSnapshot> snapshot;
        synchronized (this) {
            waiting.remove(asked);
            snapshot = Optional.ofNullable(known.get(asked.locator()));
        }
        asked.answer().complete(snapshot);
    }

    static ResourceSnapshot snapshot(ResourceType type, long id, String status) {
        return new ResourceSnapshot(
                new ResourceRef(type, id),
                type.wireName() + "-uuid-" + id,
                Optional.of(status),
                Optional.of("tenant-a"),
                false,
                Map.of("name", type.wireName() + "-" + id));
    }
}
