package io.cloudland.callback.store.postgresql;

import static io.cloudland.callback.model.Samples.change;
import static io.cloudland.callback.model.Samples.instance;
import static io.cloudland.callback.model.Samples.payload;

import io.cloudland.callback.model.Attempt;
import io.cloudland.callback.model.AttemptOutcome;
import io.cloudland.callback.model.Delivery;
import io.cloudland.callback.model.Samples;
import io.cloudland.callback.store.AppendResult;
import io.cloudland.callback.store.AppendTerms;
import io.cloudland.callback.store.CommandKey;
import io.cloudland.callback.store.EventStore;
import io.cloudland.callback.store.PlannedDelivery;
import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** What tests do with a store, in few words. */
final class Use {

    static final Attempt TAKEN = Samples.attempt(1, new AttemptOutcome.Answered(200, ""));
    static final Attempt BUSY = Samples.attempt(1, new AttemptOutcome.Answered(503, "busy"));

    private Use() {}

    static <T> T await(Future<T> future) {
        try {
            return future.toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e.getCause());
        } catch (InterruptedException | TimeoutException e) {
            throw new IllegalStateException(e);
        }
    }

    static Future<AppendResult> append(EventStore store, long id, String status) {
        return append(store, id, status, Optional.empty());
    }

    static Future<AppendResult> append(EventStore store, long id, String status, Optional<CommandKey> key) {
        return store.append(
                change(instance(id), status),
                AppendTerms.once(false, key),
                event -> List.of(new PlannedDelivery("default", payload(status + "#" + event.sequence()))));
    }

    static List<Delivery> open(EventStore store, long id) {
        return await(store.pending("default", instance(id).slot(), -1, 1_000));
    }

    static Delivery appended(EventStore store, long id, String status) {
        await(append(store, id, status));
        List<Delivery> open = open(store, id);
        return open.get(open.size() - 1);
    }
}
