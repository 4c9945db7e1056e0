package io.cloudland.callback.delivery;

/** Lets so many attempts of one lane be under way at once. Confined to the lane's context. */
final class EndpointGate {

    private final int maxInFlight;
    private int inFlight;

    EndpointGate(int maxInFlight) {
        this.maxInFlight = maxInFlight;
    }

    /** One worker's part of an endpoint's limit: the parts of all workers add up to the limit. */
    static int shareOf(int maxInFlight, int worker, int workers) {
        return maxInFlight / workers + (worker < maxInFlight % workers ? 1 : 0);
    }

    /** Takes a place if there is one. */
    boolean tryEnter() {
        if (inFlight >= maxInFlight) {
            return false;
        }
        inFlight++;
        return true;
    }

    /** Gives a place back. */
    void leave() {
        inFlight--;
    }

    int inFlight() {
        return inFlight;
    }
}
