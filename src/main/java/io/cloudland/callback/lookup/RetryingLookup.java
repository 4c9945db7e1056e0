package io.cloudland.callback.lookup;

import io.cloudland.callback.error.CallbackException;
import io.cloudland.callback.model.CommandMessage;
import io.cloudland.callback.model.ResourceLocator;
import io.cloudland.callback.model.ResourceSnapshot;
import io.cloudland.callback.time.Backoff;
import io.cloudland.callback.time.Timers;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A lookup that asks its source again until it answers, or until it is closed.
 *
 * <p>A question that fails for the first time closes the gate: the source counts as away, and of all waiting questions one
 * goes after each pause, the pauses growing, until one is answered; then the rest follow, a bounded number at a time. A
 * question that fails again while others are answered waits alone, so that one bad resource holds back itself and nobody
 * else. Who asks hears of it once, when the question fails or comes while the source is away.
 *
 * <p>Confined to one event loop: {@code find}, {@code close}, the timers and the source's answers all run there.
 */
final class RetryingLookup implements ResourceLookup {

    /** How many questions may be under way at once; more would only wait at the source, against its time limit. */
    static final int MAX_UNDER_WAY = 256;

    private final ResourceLookup source;
    private final Timers timers;
    private final Outage outage;
    private final WaitingQuestions waiting = new WaitingQuestions();
    private int underWay;
    private boolean releasing;
    private boolean closed;
    private Timers.Cancellable probeTimer = () -> {};
    private @Nullable OpenQuestion probe;
    private boolean probeIsDue;

    RetryingLookup(ResourceLookup source, Timers timers, Backoff backoff) {
        this.source = source;
        this.timers = timers;
        this.outage = new Outage(backoff);
    }

    @Override
    public Future<Optional<ResourceSnapshot>> find(ResourceLocator locator, CommandMessage command) {
        return find(locator, command, DelayListener.NONE);
    }

    @Override
    public Future<Optional<ResourceSnapshot>> find(
            ResourceLocator locator, CommandMessage command, DelayListener listener) {
        if (closed) {
            return Future.failedFuture(LookupFailures.shuttingDown(locator));
        }
        OpenQuestion question = new OpenQuestion(locator, command, listener);
        waiting.add(question);
        if (probeIsDue) {
            probe();
        } else if (outage.isOn()) {
            tellDelayed(question);
        }
        release();
        return question.answer();
    }

    private void tellDelayed(OpenQuestion question) {
        question.delayed(why -> {
            if (waiting.remove(question)) {
                noLongerAside(question);
                question.end(why);
            }
        });
    }

    private void noLongerAside(OpenQuestion question) {
        if (question.wasAside()) {
            outage.oneFailsNoLonger();
        }
    }

    /** Sends waiting questions on while the gate is open. Answers that come at once must not nest. */
    private void release() {
        if (releasing) {
            return;
        }
        releasing = true;
        try {
            for (OpenQuestion next = nextAllowed(); next != null; next = nextAllowed()) {
                ask(next);
            }
        } finally {
            releasing = false;
        }
    }

    private @Nullable OpenQuestion nextAllowed() {
        return outage.isOn() || closed || underWay >= MAX_UNDER_WAY ? null : waiting.next();
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
        boolean wanted = waiting.remove(question);
        if (probed) {
            outage.over(waiting.size());
        }
        if (wanted) {
            noLongerAside(question);
            question.complete(result);
        }
    }

    private void keep(OpenQuestion question, Throwable reason, boolean probed) {
        boolean first = question.failedFirst();
        if (!outage.isOn() && !first) {
            setAside(question, reason);
            return;
        }
        waiting.again(question);
        if (outage.failed(reason) || probed) {
            probeTimer = timers.schedule(outage.nextPause(), this::probe);
        }
        tellDelayed(question);
    }

    /** Asks one; where none waits, the next that comes. */
    private void probe() {
        OpenQuestion next = waiting.next();
        probe = next;
        probeIsDue = next == null;
        if (next != null) {
            ask(next);
        }
    }

    private void setAside(OpenQuestion question, Throwable reason) {
        if (waiting.isOpen(question)) {
            question.retryTimer(timers.schedule(outage.oneFailsAlone(question.setAside(), reason), () -> {
                waiting.again(question);
                release();
            }));
        }
    }

    /** Ends every open question with {@code SHUTTING_DOWN} at once, then closes the source. */
    @Override
    public Future<Void> close() {
        closed = true;
        probeTimer.cancel();
        for (OpenQuestion question : waiting.drain()) {
            CallbackException ending = LookupFailures.shuttingDown(question.locator());
            question.end(ending);
        }
        return source.close();
    }
}
