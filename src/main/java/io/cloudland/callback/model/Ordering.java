package io.cloudland.callback.model;

/** In which order, and how many of them, an endpoint is sent the events of one resource. Different resources never wait for each other. */
public enum Ordering {
    /** All of them, one at a time, in sequence order; one that fails holds back the later ones. */
    RESOURCE,
    /** The same, but of those that wait the newest stands for the older ones. */
    NEWEST,
    /** All of them, each by itself: several may be under way at once, and one that fails holds back none. */
    NONE;

    /** What waits in line together: deliveries of equal keys go one after the other, in order of acceptance. */
    public Object lineOf(Delivery delivery) {
        return this == NONE ? (Object) delivery.position() : delivery.resource();
    }
}
