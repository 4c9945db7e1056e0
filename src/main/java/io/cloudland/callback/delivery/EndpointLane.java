package io.cloudland.callback.delivery;

import io.cloudland.callback.http.AttemptSender;
import io.cloudland.callback.model.Endpoint;
import io.vertx.core.Future;
import java.util.SplittableRandom;

/** One worker's lane to one endpoint, with what feeds it and what it sends with. Confined to its verticle's context. */
final class EndpointLane {

    private final AttemptSender sender;
    private final Lane lane;
    private final SlotReader reader;
    private final boolean durable;

    /**
     * @param share how many attempts this worker may have under way
     */
    EndpointLane(Endpoint endpoint, AttemptSender sender, LaneFlow flow, int share, int workers, Surroundings around) {
        this.sender = sender;
        this.durable = around.store().durable();
        Window window = Window.of(share, workers);
        RetryPolicy retries = new RetryPolicy(endpoint.retries(), new SplittableRandom()::nextDouble);
        this.lane = new Lane(
                endpoint.name(), sender, new OutcomeClassifier(retries), new EndpointGate(share), flow, window, around);
        this.reader = new SlotReader(
                around.store(),
                endpoint.name(),
                window,
                around.timers(),
                new ReadFailures(endpoint.name(), around.time()),
                lane::accept);
        lane.onRoom(reader::readOn);
    }

    /** Reads what is new in a slot. */
    void read(int slot) {
        reader.read(slot);
    }

    /** Begins to stop: with a store that forgets, everything that waits is still tried; else nothing more is started. */
    void quieten(Runnable afterEachAttempt) {
        if (durable) {
            reader.close();
            lane.stopLaunching();
        }
        lane.afterEachAttempt(afterEachAttempt);
    }

    /** Whether nothing is left that a stop waits for. */
    boolean isQuiet() {
        return lane.inFlight() == 0 && (durable || lane.isHeld() || (lane.isEmpty() && reader.isDry()));
    }

    Future<Void> close() {
        reader.close();
        lane.close();
        return sender.close();
    }
}
