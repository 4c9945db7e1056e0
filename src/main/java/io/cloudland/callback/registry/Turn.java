package io.cloudland.callback.registry;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One piece of work in its lines. Belongs to a {@link ResourceSequencer}. */
final class Turn<T> {

    private final List<?> keys;
    private final TurnWork<T> work;
    private int blockedBy;
    private boolean stalled;
    private @Nullable List<Turn<?>> followers;
    private @Nullable Promise<T> outcome;

    Turn(List<?> keys, TurnWork<T> work) {
        this.keys = keys;
        this.work = work;
    }

    List<?> keys() {
        return keys;
    }

    Promise<T> outcome() {
        Promise<T> known = outcome == null ? Promise.promise() : outcome;
        outcome = known;
        return known;
    }

    void isFollowedBy(Turn<?> follower) {
        List<Turn<?>> known = followers == null ? new ArrayList<>(2) : followers;
        followers = known;
        known.add(follower);
        follower.blockedBy++;
    }

    List<Turn<?>> followers() {
        return followers == null ? List.of() : followers;
    }

    boolean isBlocked() {
        return blockedBy > 0;
    }

    /** One before it has left; tells whether it was the last. */
    boolean unblock() {
        blockedBy--;
        return blockedBy == 0;
    }

    boolean isStalled() {
        return stalled;
    }

    /** Notes that it takes long; tells whether that is news. */
    boolean stall() {
        boolean news = !stalled;
        stalled = true;
        return news;
    }

    void tellStalled() {
        work.stalled();
    }

    Future<T> begin(Runnable stall) {
        try {
            return work.run(stall);
        } catch (RuntimeException | Error failure) {
            return Future.failedFuture(failure);
        }
    }
}
