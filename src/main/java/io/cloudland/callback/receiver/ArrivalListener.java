package io.cloudland.callback.receiver;

/** Hears of every event that reaches a {@link Receiver}, for whoever keeps an account of its own. Runs on its event loop. */
public interface ArrivalListener {

    /** Hears nothing. */
    ArrivalListener NONE = new ArrivalListener() {
        @Override
        public void arrived(Arrival arrival, byte[] body) {}

        @Override
        public void taken(Arrival arrival) {}
    };

    /**
     * An event arrived and can be read; how it is answered is not known yet.
     *
     * @param body the bytes as they came; not to be changed
     */
    void arrived(Arrival arrival, byte[] body);

    /** An event that arrived before is answered 2xx. */
    void taken(Arrival arrival);
}
