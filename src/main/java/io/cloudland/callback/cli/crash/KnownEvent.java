package io.cloudland.callback.cli.crash;

/** An event as it was first seen, and what has become of it since. */
final class KnownEvent {

    private final Sighting sighting;
    private boolean taken;
    private boolean dead;

    KnownEvent(Sighting sighting) {
        this.sighting = sighting;
    }

    Sighting sighting() {
        return sighting;
    }

    /** Notes that the receiver answered it 2xx. Whether that was the first time. */
    boolean take() {
        boolean first = !taken;
        taken = true;
        return first;
    }

    void die() {
        dead = true;
    }

    boolean isTaken() {
        return taken;
    }

    boolean isDead() {
        return dead;
    }

    /** Whether it is a dead letter that the receiver has not taken. */
    boolean isDeadOnly() {
        return dead && !taken;
    }

    /** Whether both are true: the receiver took it, and its answer to the last attempt was lost. */
    boolean isTakenAndDead() {
        return dead && taken;
    }

    boolean isSettled() {
        return dead || taken;
    }
}
