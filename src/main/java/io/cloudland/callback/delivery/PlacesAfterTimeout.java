package io.cloudland.callback.delivery;

import io.cloudland.callback.time.TimeSource;
import io.cloudland.callback.time.Timers;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Gives the places of attempts that timed out back one by one: all of a lane's within {@link #SPREAD} of the timeout.
 *
 * <p>Attempts to an endpoint that hangs begin together and so time out together. Were their places filled anew in that
 * moment, as many connections would be closed and opened in it, on an event loop that serves other endpoints too, and again
 * after each timeout. A place alone, or one that follows long after another, comes back at once. Confined to its lane's
 * context.
 */
final class PlacesAfterTimeout {

    /** What part of the timeout it takes at most: the endpoint loses no more than that of its attempts. */
    static final double SPREAD = 0.1;

    private final EndpointGate gate;
    private final Timers timers;
    private final TimeSource time;
    private final Runnable onBack;
    private Duration step = Duration.ZERO;
    private long nextNanos;
    private Timers.@Nullable Cancellable timer;

    /**
     * @param onBack hears of places that came back later
     */
    PlacesAfterTimeout(EndpointGate gate, Timers timers, TimeSource time, Runnable onBack) {
        this.gate = gate;
        this.timers = timers;
        this.time = time;
        this.onBack = onBack;
        this.nextNanos = time.nanoTime();
    }

    /** The pause between two places that come back. */
    static Duration step(Duration timeout, int places) {
        return Duration.ofNanos((long) (timeout.toNanos() * SPREAD / places));
    }

    /** An attempt ran into its timeout: its place is given back when it is its turn. */
    void leave(Duration timeout) {
        step = step(timeout, gate.maxInFlight());
        gate.rest();
        if (timer == null) {
            long wait = nextNanos - time.nanoTime();
            if (wait <= 0) {
                giveOneBack();
            } else {
                timer = timers.schedule(Duration.ofNanos(wait), this::turnHasCome);
            }
        }
    }

    private void giveOneBack() {
        gate.wake();
        nextNanos = time.nanoTime() + step.toNanos();
    }

    private void turnHasCome() {
        giveOneBack();
        timer = gate.resting() > 0 ? timers.schedule(step, this::turnHasCome) : null;
        onBack.run();
    }

    /** None comes back any more. */
    void close() {
        if (timer != null) {
            timer.cancel();
            timer = null;
        }
    }
}
