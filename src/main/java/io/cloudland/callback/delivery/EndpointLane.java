package io.cloudland.callback.delivery;

import io.cloudland.callback.http.AttemptSender;
import io.cloudland.callback.model.Endpoint;
import io.cloudland.callback.time.Timers;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.SplittableRandom;

/** One worker's lane to one endpoint, with what feeds it and what it sends with. Confined to its verticle's context. */
final class EndpointLane {

    private final Endpoint endpoint;
    private final AttemptSender sender;
    private final Lane lane;
    private final SlotReader reader;
    private final LaneHandshake handshake;
    private final boolean durable;
    private Runnable whenAtRest = () -> {};
    private boolean leaving;

    /**
     * @param share how many attempts this worker may have under way
     */
    EndpointLane(Endpoint endpoint, AttemptSender sender, LaneFlow flow, int share, int workers, Surroundings around) {
        this.endpoint = endpoint;
        this.sender = sender;
        this.durable = around.store().durable();
        Window window = Window.of(share, workers);
        RetryPolicy retries = new RetryPolicy(endpoint.retries(), new SplittableRandom()::nextDouble);
        this.lane = new Lane(
                endpoint.name(),
                sender,
                new OutcomeClassifier(retries),
                new EndpointGate(share),
                flow,
                window,
                endpoint.flow().ordering(),
                around);
        this.reader = new SlotReader(
                around.store(),
                endpoint.name(),
                window,
                around.timers(),
                new ReadFailures(endpoint.name(), around.time()),
                lane::accept);
        lane.onRoom(reader::readOn);
        this.handshake = new LaneHandshake(flow.shared(), sender, around.timers(), around.time());
        flow.onWake(handshake::look);
    }

    /** Asks the endpoint whether it wants to be sent events, where that is to be asked. */
    void begin() {
        handshake.begin();
    }

    /** Reads what is new in a slot. */
    void read(int slot) {
        reader.read(slot);
    }

    /** Starts what could not be started while it might not. */
    void goOn() {
        lane.goOn();
    }

    Endpoint endpoint() {
        return endpoint;
    }

    /**
     * Leaves the rest to whoever comes after: starts nothing more, lets what is under way end, and closes when the store knows
     * how all of it went.
     *
     * @param limit after which it closes all the same
     * @return completes, always well, when it is closed; that connections could not be closed is no reason to wait
     */
    Future<Void> leave(Timers timers, Duration limit) {
        handshake.close();
        reader.close();
        lane.stopLaunching();
        Promise<Void> atRest = Promise.promise();
        Timers.Cancellable patience = timers.schedule(limit, atRest::tryComplete);
        leaving = true;
        whenAtRest = () -> completeAtRest(atRest);
        lane.afterEachAttempt(whenAtRest);
        completeAtRest(atRest);
        return atRest.future().eventually(() -> {
            patience.cancel();
            return close();
        });
    }

    private void completeAtRest(Promise<Void> atRest) {
        if (lane.isAtRest()) {
            atRest.tryComplete();
        }
    }

    /** Begins to stop: with a store that forgets, everything that waits is still tried; else nothing more is started. */
    void quieten(Runnable afterEachAttempt) {
        handshake.close();
        if (durable) {
            reader.close();
            lane.stopLaunching();
        }
        lane.afterEachAttempt(() -> {
            whenAtRest.run();
            afterEachAttempt.run();
        });
    }

    /** Whether nothing is left that a stop waits for. */
    boolean isQuiet() {
        return lane.inFlight() == 0 && (durable || leaving || lane.isHeld() || (lane.isEmpty() && reader.isDry()));
    }

    Future<Void> close() {
        handshake.close();
        reader.close();
        lane.close();
        return sender.close();
    }
}
