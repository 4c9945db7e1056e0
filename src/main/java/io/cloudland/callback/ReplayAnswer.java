package io.cloudland.callback;

import io.cloudland.callback.error.CallbackException;
import io.cloudland.callback.error.ErrorCode;
import io.cloudland.callback.store.Replayed;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the caller of a replay is told: how many, or why not. */
final class ReplayAnswer {

    private static final Logger log = LoggerFactory.getLogger("callback");

    private ReplayAnswer() {}

    static Future<Long> of(Replayed replayed) {
        String left = String.join("; ", reasons(replayed));
        if (replayed.stopped().isPresent()) {
            return Future.failedFuture(new CallbackException(
                    ErrorCode.QUEUE_FULL,
                    "the replay stopped after " + replayed.count() + " dead letters, because "
                            + replayed.stopped().get() + "; the others are kept, replay them again later"
                            + (left.isEmpty() ? "" : "; " + left)));
        }
        if (replayed.count() == 0 && replayed.left() > 0) {
            return Future.failedFuture(
                    new CallbackException(ErrorCode.NOT_REPLAYABLE, "nothing was replayed: " + left));
        }
        if (replayed.left() > 0) {
            log.warn("{} dead letters were replayed, others are left: {}", replayed.count(), left);
        } else {
            log.info("{} dead letters were replayed", replayed.count());
        }
        return Future.succeededFuture(replayed.count());
    }

    private static List<String> reasons(Replayed replayed) {
        List<String> reasons = new ArrayList<>();
        for (Map.Entry<String, Long> endpoint : new TreeMap<>(replayed.unknownEndpoints()).entrySet()) {
            reasons.add(endpoint.getValue() + " to endpoint " + endpoint.getKey()
                    + ", which is not configured: configure it again or purge them");
        }
        if (replayed.unreadable() > 0) {
            reasons.add(
                    replayed.unreadable() + " whose stored rows cannot be read: they stay listed as unreadable_at_..."
                            + " until they are purged");
        }
        return reasons;
    }
}
