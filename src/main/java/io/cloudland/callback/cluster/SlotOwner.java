package io.cloudland.callback.cluster;

import io.vertx.core.Future;
import java.util.BitSet;

/** Who works on the slots that this node owns. */
@FunctionalInterface
public interface SlotOwner {

    /**
     * Works on these slots from now on, and on no other. Called anew, with the same slots, where work that had to rest may go on.
     *
     * @return completes, always well, when nothing is under way any more for a slot that is not among them
     */
    Future<?> own(BitSet slots);
}
