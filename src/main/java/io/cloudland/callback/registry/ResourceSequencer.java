package io.cloudland.callback.registry;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayDeque;
import java.util.Deque;
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
 * order of arrival is the same in every line and no two can wait for each other. Work that says that it takes long has all
 * those behind it told, those that come later too. Confined to one thread at a time, on which the work's futures must
 * complete as well.
 */
final class ResourceSequencer {

    private static final Logger log = LoggerFactory.getLogger("registry");

    /** Who joined last, for every line that is not empty. */
    private final Map<Object, Turn<?>> lastInLine = new HashMap<>();

    private final Deque<Turn<?>> ready = new ArrayDeque<>();
    private boolean starting;

    /** Runs {@code work} when its turn has come; where that is now and it completes at once, so does the result. */
    <T> Future<T> inTurn(List<?> keys, Supplier<Future<T>> work) {
        return inTurn(keys, (TurnWork<T>) stall -> work.get());
    }

    /** The same, for work that can take long. */
    <T> Future<T> inTurn(List<?> keys, TurnWork<T> work) {
        Turn<T> turn = new Turn<>(keys, work);
        if (joinsBehindStalled(turn)) {
            stall(turn);
        }
        if (turn.isBlocked()) {
            return turn.outcome().future();
        }
        Future<T> running = turn.begin(() -> stall(turn));
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

    private boolean joinsBehindStalled(Turn<?> turn) {
        boolean stalled = false;
        for (int i = 0; i < turn.keys().size(); i++) {
            Turn<?> before = lastInLine.put(turn.keys().get(i), turn);
            if (before != null && before != turn) {
                before.isFollowedBy(turn);
                stalled |= before.isStalled();
            }
        }
        return stalled;
    }

    /** Tells it and all behind it, those in front first. A loop, not a recursion: the line may be long. */
    private void stall(Turn<?> first) {
        Deque<Turn<?>> reached = new ArrayDeque<>();
        reached.add(first);
        for (Turn<?> turn = reached.poll(); turn != null; turn = reached.poll()) {
            if (turn.stall()) {
                reached.addAll(turn.followers());
                guarded(turn::tellStalled);
            }
        }
    }

    private void leave(Turn<?> turn) {
        for (int i = 0; i < turn.keys().size(); i++) {
            lastInLine.remove(turn.keys().get(i), turn);
        }
        for (Turn<?> follower : turn.followers()) {
            if (follower.unblock()) {
                ready.add(follower);
            }
        }
    }

    /** A loop, not a recursion: thousands may have waited for one, and each may complete at once. */
    private void startReady() {
        if (starting) {
            return;
        }
        starting = true;
        try {
            for (Turn<?> next = ready.poll(); next != null; next = ready.poll()) {
                Turn<?> turn = next;
                guarded(() -> start(turn));
            }
        } finally {
            starting = false;
        }
    }

    private <T> void start(Turn<T> turn) {
        turn.begin(() -> stall(turn)).onComplete((result, failure) -> end(turn, result, failure));
    }

    private <T> void end(Turn<T> turn, @Nullable T result, @Nullable Throwable failure) {
        leave(turn);
        guarded(() -> turn.outcome().complete(result, failure));
        startReady();
    }

    /** Whoever listens may break; those who wait for their turn must not pay for it. */
    private static void guarded(Runnable telling) {
        try {
            telling.run();
        } catch (RuntimeException | Error defect) {
            log.warn("Somebody who waited for an outcome failed on it; the work itself is not touched", defect);
        }
    }
}
