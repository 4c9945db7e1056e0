package io.cloudland.callback.delivery;

/**
 * Where a resource stands in its lane: until when it waits, whether it is held back, and whether it is being read for. Confined to
 * the lane's context.
 */
abstract class Standing {

    private long dueNanos;
    private boolean waiting;
    private boolean beingRead;
    private boolean needsRead;
    private boolean heldBack;
    private long permit;

    /** Waits until then, by the monotonic clock. */
    final void waitUntil(long dueNanos) {
        this.dueNanos = dueNanos;
        this.waiting = true;
    }

    /** By which permit of the endpoint's flow its head is under way. */
    final void letThrough(long newPermit) {
        this.permit = newPermit;
    }

    final long permit() {
        return permit;
    }

    final void waited() {
        waiting = false;
    }

    final boolean isWaiting() {
        return waiting;
    }

    final long dueNanos() {
        return dueNanos;
    }

    /** Nothing of it may be started for now. */
    final void holdBack(boolean held) {
        this.heldBack = held;
    }

    final boolean isHeldBack() {
        return heldBack;
    }

    final void readStarts() {
        beingRead = true;
    }

    final void readEnds() {
        beingRead = false;
    }

    final boolean isBeingRead() {
        return beingRead;
    }

    /** It can go on only once the read that is under way has ended. */
    final void needsRead(boolean needs) {
        this.needsRead = needs;
    }

    final boolean needsRead() {
        return needsRead;
    }
}
