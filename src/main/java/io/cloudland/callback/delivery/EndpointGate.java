package io.cloudland.callback.delivery;

/** Lets so many attempts of one lane be under way at once. Confined to the lane's context. */
final class EndpointGate {

    private final int maxInFlight;
    private int inFlight;
    private int resting;

    EndpointGate(int maxInFlight) {
        this.maxInFlight = maxInFlight;
    }

    /** One worker's part of an endpoint's limit: the parts of all workers add up to the limit. */
    static int shareOf(int maxInFlight, int worker, int workers) {
        return maxInFlight / workers + (worker < maxInFlight % workers ? 1 : 0);
    }

    boolean hasRoom() {
        return inFlight + resting < maxInFlight;
    }

    /** Takes a place; only where there is one. */
    void enter() {
        inFlight++;
    }

    /** Gives a place back. */
    void leave() {
        inFlight--;
    }

    /** Gives a place back that nobody may take yet. */
    void rest() {
        inFlight--;
        resting++;
    }

    /** Lets a place that rested be taken. */
    void wake() {
        resting--;
    }

    int resting() {
        return resting;
    }

    int maxInFlight() {
        return maxInFlight;
    }

    int inFlight() {
        return inFlight;
    }
}
