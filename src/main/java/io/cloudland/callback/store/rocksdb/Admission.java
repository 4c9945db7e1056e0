package io.cloudland.callback.store.rocksdb;

import io.cloudland.callback.error.CallbackException;
import io.cloudland.callback.error.ErrorCode;
import io.cloudland.callback.model.ResourceChange;
import java.util.Optional;

/** Decides whether an event may come in: not more open deliveries than allowed, not more bytes than there is room for. */
final class Admission {

    private final int queueSize;
    private final Space space;

    Admission(int queueSize, Space space) {
        this.queueSize = queueSize;
        this.space = space;
    }

    /** Refuses with {@code QUEUE_FULL}. Writer only. */
    void check(ResourceChange change, long pending, int more) {
        problem(pending, more).ifPresent(problem -> {
            throw refused(change, problem);
        });
    }

    /** Why so many more deliveries cannot be taken; empty when they can. Writer only. */
    Optional<String> problem(long pending, int more) {
        return pending + more > queueSize
                ? Optional.of(pending + " deliveries are waiting and queue_size allows " + queueSize)
                : space.problem();
    }

    static CallbackException refused(ResourceChange change, String why) {
        return new CallbackException(
                ErrorCode.QUEUE_FULL,
                "no event was made of " + change.command() + " for " + change.resource() + ", because " + why
                        + "; nothing was kept of it, send it again later");
    }
}
