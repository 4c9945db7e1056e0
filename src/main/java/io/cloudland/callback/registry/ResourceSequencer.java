package io.cloudland.callback.registry;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs work in turn: work that shares a key runs one after the other in the order it came, all other work at once.
 *
 * <p>Work may have several keys and starts when it heads the line of each. It joins all its lines in one step, so the
 * order of arrival is the same in every line and no two can wait for each other. Confined to one thread at a time, on
 * which the work's futures must complete as well.
 */
final class ResourceSequencer {

    private static final Logger log = LoggerFactory.getLogger("registry");

    /** Who joined last, for every line that is not empty. */
    private final Map<Object, Turn<?>> lastInLine = new HashMap<>();

    private final ArrayDeque<Turn<?>> ready = new ArrayDeque<>();
    private boolean starting;

    /** Runs {@code work} when its turn has come; where that is now and it completes at once, so does the result. */
    <T> Future<T> inTurn(List<?> keys, Supplier<Future<T>> work) {
        Turn<T> turn = new Turn<>(keys, work);
        join(turn);
        if (turn.blockedBy > 0) {
            return turn.outcome().future();
        }
        Future<T> running = turn.begin();
        if (!running.isComplete()) {
            Promise<T> outcome = turn.outcome();
            running.onComplete((result, failure) -> end(turn, result, failure));
            return outcome.future();
        }
        leave(turn);
        startReady();
        return running;
    }

    /** How many lines are not empty. */
    int lines() {
        return lastInLine.size();
    }

    private void join(Turn<?> turn) {
        for (int i = 0; i < turn.keys.size(); i++) {
            Turn<?> before = lastInLine.put(turn.keys.get(i), turn);
            if (before != null && before != turn) {
                before.isFollowedBy(turn);
            }
        }
    }

    private void leave(Turn<?> turn) {
        for (int i = 0; i < turn.keys.size(); i++) {
            lastInLine.remove(turn.keys.get(i), turn);
        }
        if (turn.followers != null) {
            turn.followers.forEach(this::unblock);
        }
    }

    private void unblock(Turn<?> follower) {
        follower.blockedBy--;
        if (follower.blockedBy == 0) {
            ready.add(follower);
        }
    }

    /** A loop, not a recursion: thousands may have waited for one, and each may complete at once. */
    private void startReady() {
        if (starting) {
            return;
        }
        starting = true;
        for (Turn<?> next = ready.poll(); next != null; next = ready.poll()) {
            start(next);
        }
        starting = false;
    }

    private <T> void start(Turn<T> turn) {
        turn.begin().onComplete((result, failure) -> end(turn, result, failure));
    }

    private <T> void end(Turn<T> turn, @Nullable T result, @Nullable Throwable failure) {
        leave(turn);
        try {
            turn.outcome().complete(result, failure);
        } catch (RuntimeException defect) {
            // Whoever listens to the outcome broke; those who wait for their turn must not pay for it.
            log.warn("Somebody who waited for an outcome failed on it; the work itself is not touched", defect);
        }
        startReady();
    }

    /** One piece of work in its lines. */
    private static final class Turn<T> {
        private final List<?> keys;
        private final Supplier<Future<T>> work;
        private int blockedBy;
        private @Nullable List<Turn<?>> followers;
        private @Nullable Promise<T> outcome;

        Turn(List<?> keys, Supplier<Future<T>> work) {
            this.keys = keys;
            this.work = work;
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

        Future<T> begin() {
            try {
                return work.get();
            } catch (RuntimeException | Error failure) {
                return Future.failedFuture(failure);
            }
        }
    }
}
