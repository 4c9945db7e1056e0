package io.cloudland.callback.delivery;

import io.cloudland.callback.model.AttemptOutcome;
import io.cloudland.callback.model.Delivery;
import io.cloudland.callback.time.TimeSource;
import io.cloudland.callback.time.Timers;
import java.time.Duration;
import java.util.List;

/**
 * Whose turn it is in a lane: a resource in flight, or being read for, holds a place in the gate; the others are ready, or
 * wait until they are due, or have nothing more. Confined to its lane's context.
 */
final class Turns {

    private final RetryPolicy retries;
    private final EndpointGate gate;
    private final LaneFlow flow;
    private final Window window;
    private final ResourceReader reader;
    private final CoalescingStep coalescing;
    private final TimeSource time;
    private final Owner owner;
    private final RetryWaits waits;
    private final PlacesAfterTimeout timedOut;
    private final ReadyLine ready = new ReadyLine();
    private boolean launching = true;
    private boolean pumping;
    private boolean closed;

    /** Whose turns these are. */
    interface Owner {
        /** Whether another attempt may be started. */
        boolean maySend();

        /** Sends the head of a resource that holds a place; {@link Turns#leave} gives it back. */
        void start(ResourceQueue queue);

        /** A resource has no delivery any more. */
        void gone(ResourceQueue queue);

        /** A place in the gate or the window has become free. */
        void freed();
    }

    Turns(
            RetryPolicy retries,
            EndpointGate gate,
            LaneFlow flow,
            Window window,
            ResourceReader reader,
            CoalescingStep coalescing,
            Timers timers,
            TimeSource time,
            Owner owner) {
        this.retries = retries;
        this.gate = gate;
        this.flow = flow;
        this.window = window;
        this.reader = reader;
        this.coalescing = coalescing;
        this.time = time;
        this.owner = owner;
        this.waits = new RetryWaits(timers, time, this::due);
        this.timedOut = new PlacesAfterTimeout(gate, timers, time, this::pump);
        flow.onWake(this::pump);
        coalescing.onMerged(this::merged);
    }

    /** Nothing more of a resource is started until it is released; meanwhile it keeps no place in the gate. */
    void hold(ResourceQueue queue) {
        queue.holdBack(true);
    }

    /** A resource that was held finds its place. */
    void release(ResourceQueue queue) {
        queue.holdBack(false);
        settle(queue);
    }

    /** Finds the place of a resource that is neither in flight nor waiting. */
    void settle(ResourceQueue queue) {
        if (queue.isHeldBack()) {
            return; // It comes here again.
        }
        if (queue.isLoaded()) {
            readyWhenDue(queue);
        } else if (!queue.isBehind()) {
            owner.gone(queue);
        } else if (queue.isBeingRead()) {
            queue.needsRead(true);
        } else {
            ready.addLast(queue);
        }
    }

    private void readyWhenDue(ResourceQueue queue) {
        Duration wait = remaining(queue);
        if (wait.isZero()) {
            ready.addLast(queue);
        } else {
            waitFor(queue, wait);
        }
    }

    /** A first attempt is always due; a retry that was read from the store may have to wait. */
    private Duration remaining(ResourceQueue queue) {
        Delivery head = queue.head();
        return head.attemptsMade() == 0 || queue.isHeadBack() ? Duration.ZERO : retries.remaining(head, time.now());
    }

    /** Lets a resource wait for its next attempt; where room is scarce it holds no body meanwhile. */
    void waitFor(ResourceQueue queue, Duration wait) {
        giveBackWhereScarce(queue);
        waits.add(queue, wait);
    }

    private void giveBackWhereScarce(ResourceQueue queue) {
        if (window.isHalfFull() && !queue.isBeingRead()) {
            queue.giveBack(window::remove);
        }
    }

    private void due(List<ResourceQueue> waited) {
        waited.forEach(ready::addLast);
        pump();
    }

    /** Starts what can start. A loop, not a recursion: attempts and reads that end at once come back to here. */
    void pump() {
        if (pumping) {
            return;
        }
        pumping = true;
        try {
            while (wantsToStart() && flow.isOpen()) {
                gate.enter();
                take(ready.removeFirst());
            }
        } finally {
            pumping = false;
        }
    }

    /** The flow is asked only then: who asks it stands in line for a token that others would wait for, too. */
    private boolean wantsToStart() {
        return launching && !ready.isEmpty() && owner.maySend() && gate.hasRoom();
    }

    private void take(ResourceQueue queue) {
        if (coalescing.isBusyWith(queue)) {
            gate.leave();
            queue.needsRead(true);
        } else if (queue.isLoaded()) {
            startOrMerge(queue);
        } else { // The place is kept meanwhile, so that no more are read at once than can be sent.
            reader.read(queue, reader.turnOf(queue)).onComplete(read -> turnRead(queue, read.succeeded()));
        }
    }

    /** The place is kept while the store notes what is merged. */
    private void startOrMerge(ResourceQueue queue) {
        if (coalescing.isDue(queue)) {
            coalescing.prepare(queue).onComplete(prepared -> comeBack(queue));
        } else {
            start(queue);
        }
    }

    /** First in line, so that nothing that was merged meanwhile costs it its turn. */
    private void comeBack(ResourceQueue queue) {
        gate.leave();
        if (!closed) {
            ready.addFirst(queue);
            pump();
            if (queue.isHeadFresh() && !queue.isBeingRead()) {
                queue.turnPassed(); // It stays in line, where newer ones may come.
            }
            owner.freed();
        }
    }

    /** Where another worker was faster, or it was shut meanwhile, it stays first in line. */
    private void start(ResourceQueue queue) {
        long permit = flow.tryStart();
        if (permit == EndpointFlow.REFUSED) {
            gate.leave();
            queue.turnPassed();
            ready.addFirst(queue);
        } else {
            queue.letThrough(permit);
            owner.start(queue);
        }
    }

    private void turnRead(ResourceQueue queue, boolean read) {
        if (read
                && launching
                && queue.isLoaded()
                && owner.maySend()
                && remaining(queue).isZero()) {
            startOrMerge(queue);
            pump(); // It may have had to stay.
            return;
        }
        gate.leave();
        if (closed) {
            return;
        }
        if (read) {
            settle(queue);
        } else {
            waits.add(queue, ReadFailures.PAUSE);
        }
        pump();
        owner.freed();
    }

    /** Reads ahead for a resource that is behind, before it runs dry. */
    void readAhead(ResourceQueue queue) {
        if (reader.isDue(queue)) {
            reader.read(queue, ResourceQueue.LOW).onComplete(read -> hasReadAhead(queue, read.succeeded()));
        }
    }

    private void hasReadAhead(ResourceQueue queue, boolean read) {
        if (!closed) {
            goOn(queue);
            coalescing.grown(queue);
            if (read && coalescing.wantsMore(queue)) {
                readAhead(queue);
            }
        }
    }

    /** The store is not at it any more. */
    private void goOn(ResourceQueue queue) {
        if (queue.needsRead()) {
            queue.needsRead(false);
            settle(queue);
            pump();
        }
    }

    /** A line that was full has room again. */
    private void merged(ResourceQueue queue) {
        if (!closed) {
            goOn(queue);
            readAhead(queue);
        }
        owner.freed();
    }

    /**
     * One whose attempt did not count waits for its turn behind the others: it may be what fails. Else each probe of an endpoint
     * that is parked for long would leave one more body here.
     */
    void putBack(ResourceQueue queue) {
        queue.takeBack();
        giveBackWhereScarce(queue);
        ready.addLast(queue);
    }

    /** An attempt has ended. */
    void leave(AttemptOutcome outcome) {
        if (outcome instanceof AttemptOutcome.TimedOut late && !closed) {
            timedOut.leave(late.deadline());
        } else {
            gate.leave();
        }
    }

    /** Starts nothing any more. */
    void stop() {
        launching = false;
    }

    void close() {
        launching = false;
        closed = true;
        waits.close();
        timedOut.close();
        flow.close();
        coalescing.close();
        ready.clear();
    }
}
