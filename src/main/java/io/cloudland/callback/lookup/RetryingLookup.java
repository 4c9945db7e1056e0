package io.cloudland.callback.lookup;

import io.cloudland.callback.model.CommandMessage;
import io.cloudland.callback.model.ResourceLocator;
import io.cloudland.callback.model.ResourceSnapshot;
import io.cloudland.callback.time.Timers;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A lookup that asks its source again until it answers, or until it is closed.
 *
 * <p>A question that fails for the first time closes the gate: the source counts as away, and of all waiting questions one
 * goes per interval, until one is answered; then the rest follow, a bounded number at a time. A question that fails again
 * while others are answered waits its interval alone, so that one bad resource holds back itself and nobody else.
 *
 * <p>Confined to one event loop: {@code find}, {@code close}, the timers and the source's answers all run there.
 */
final class RetryingLookup implements ResourceLookup {

    /** How many questions may be under way at once; more would only wait at the source, against its time limit. */
    static final int MAX_UNDER_WAY = 256;

    private static final Logger LOG = LoggerFactory.getLogger(RetryingLookup.class);

    private final ResourceLookup source;
    private final Timers timers;
    private final Duration retryInterval;

    private final Set<OpenQuestion> open = new LinkedHashSet<>();
    private final Deque<OpenQuestion> neverAsked = new ArrayDeque<>();
    private final Deque<OpenQuestion> failed = new ArrayDeque<>();
    private int underWay;
    private boolean releasing;
    private boolean closed;

    private boolean away;
    private int failedLookups;
    private Timers.@Nullable Cancellable probeTimer;
    private @Nullable OpenQuestion probe;
    private int aside;

    RetryingLookup(ResourceLookup source, Timers timers, Duration retryInterval) {
        this.source = source;
        this.timers = timers;
        this.retryInterval = retryInterval;
    }

    @Override
    public Future<Optional<ResourceSnapshot>> find(ResourceLocator locator, CommandMessage command) {
        if (closed) {
            return Future.failedFuture(LookupFailures.shuttingDown(locator));
        }
        OpenQuestion question = new OpenQuestion(locator, command);
        open.add(question);
        neverAsked.add(question);
        release();
        return question.answer();
    }

    /** Sends waiting questions on while the gate is open. Answers that come at once must not nest. */
    private void release() {
        if (releasing) {
            return;
        }
        releasing = true;
        for (OpenQuestion next = nextAllowed(); next != null; next = nextAllowed()) {
            ask(next);
        }
        releasing = false;
    }

    private @Nullable OpenQuestion nextAllowed() {
        return away || closed || underWay >= MAX_UNDER_WAY ? null : nextWaiting();
    }

    /** Those never asked go first: a question that failed may be one that always fails. */
    private @Nullable OpenQuestion nextWaiting() {
        OpenQuestion next = neverAsked.poll();
        return next != null ? next : failed.poll();
    }

    private void ask(OpenQuestion question) {
        underWay++;
        answerOf(question).onComplete(result -> {
            underWay--;
            if (!closed) {
                settle(question, result);
                release();
            }
        });
    }

    private Future<Optional<ResourceSnapshot>> answerOf(OpenQuestion question) {
        try {
            return source.find(question.locator(), question.command());
        } catch (RuntimeException | Error defect) {
            return Future.failedFuture(defect);
        }
    }

    private void settle(OpenQuestion question, AsyncResult<Optional<ResourceSnapshot>> result) {
        boolean probed = question == probe;
        if (probed) {
            probe = null;
        }
        if (LookupFailures.isUnavailable(result.cause())) {
            keep(question, result.cause(), probed);
            return;
        }
        open.remove(question);
        if (probed) {
            comeBack();
        }
        if (question.wasAside()) {
            aside--;
        }
        question.complete(result);
    }

    private void keep(OpenQuestion question, Throwable reason, boolean probed) {
        boolean first = question.failedFirst();
        if (!away && !first) {
            setAside(question, reason);
            return;
        }
        failed.add(question);
        failedLookups++;
        if (!away) {
            goAway(reason);
        } else if (probed) {
            scheduleProbe();
        }
    }

    private void goAway(Throwable reason) {
        away = true;
        LOG.warn(
                "The lookup's source does not answer; commands are kept and it is asked every {} ms until it does: {}",
                retryInterval.toMillis(),
                reason.getMessage());
        scheduleProbe();
    }

    private void scheduleProbe() {
        probeTimer = timers.schedule(retryInterval, this::probe);
    }

    private void probe() {
        OpenQuestion next = nextWaiting();
        if (next == null) {
            away = false;
            return;
        }
        probe = next;
        ask(next);
    }

    private void comeBack() {
        away = false;
        LOG.info(
                "The lookup's source answers again after {} failed lookups; {} waiting commands go on",
                failedLookups,
                open.size());
        failedLookups = 0;
    }

    /** Told for the first one only: when many fail alone, they fail for one reason. */
    private void setAside(OpenQuestion question, Throwable reason) {
        if (question.setAsideFirst() && ++aside == 1) {
            LOG.warn(
                    "A lookup fails while others are answered; its command is kept and it is asked again every {} ms: {}",
                    retryInterval.toMillis(),
                    reason.getMessage());
        }
        question.retryTimer(timers.schedule(retryInterval, () -> {
            failed.add(question);
            release();
        }));
    }

    /** Ends every open question with {@code SHUTTING_DOWN} at once, then closes the source. */
    @Override
    public Future<Void> close() {
        closed = true;
        if (probeTimer != null) {
            probeTimer.cancel();
        }
        List<OpenQuestion> ended = List.copyOf(open);
        open.clear();
        neverAsked.clear();
        failed.clear();
        ended.forEach(OpenQuestion::shutDown);
        return source.close();
    }
}
