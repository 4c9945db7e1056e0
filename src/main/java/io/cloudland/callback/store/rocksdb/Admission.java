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
    void check(ResourceChange change, long claimed, int more) {
        problem(claimed, more).ifPresent(problem -> {
            throw refused(change, problem);
        });
    }

    /** For a change that has its place in the queue already. */
    void checkSpace(ResourceChange change) {
        space.problem().ifPresent(problem -> {
            throw refused(change, problem);
        });
    }

    /** Why so many more deliveries cannot be taken; empty when they can. Writer only. */
    Optional<String> problem(long claimed, int more) {
        return claimed + more > queueSize
                ? Optional.of(claimed + " deliveries are waiting and queue_size allows " + queueSize)
                : space.problem();
    }

    /** For a command that is to be kept for later. */
    void checkKeep(String command, long claimed, int more) {
        problem(claimed, more).ifPresent(why -> {
            throw new CallbackException(
                    ErrorCode.QUEUE_FULL,
                    "the lookup does not answer and command " + command + " cannot be kept for later, because " + why
                            + "; nothing was kept of it, send it again later");
        });
    }

    /** Whether there is room on the disk. */
    boolean hasRoom() {
        return space.problem().isEmpty();
    }

    static CallbackException refused(ResourceChange change, String why) {
        return new CallbackException(
                ErrorCode.QUEUE_FULL,
                "no event was made of " + change.command() + " for " + change.resource() + ", because " + why
                        + "; nothing was kept of it, send it again later");
    }
}
