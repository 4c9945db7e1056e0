package io.cloudland.callback;

import io.cloudland.callback.cluster.SlotOwner;
import io.cloudland.callback.delivery.OwnedSlots;
import io.vertx.core.Future;
import java.util.BitSet;
import java.util.function.BooleanSupplier;

/** Which slots this service delivers from. Used on the context of the {@link CallbackVerticle}, but for {@link #isLive}. */
interface NodeSlots {

    /** All of them, for good: the store is this service's alone. */
    NodeSlots ALL = new NodeSlots() {};

    /** To be called when the store is open; completes with those to begin with. */
    default Future<BitSet> join() {
        return Future.succeededFuture(OwnedSlots.all().first());
    }

    /** Hands every change to {@code owner} from now on. */
    default void start(SlotOwner owner) {}

    /** Whether nobody else can have taken them. */
    default BooleanSupplier isLive() {
        return OwnedSlots.all().isLive();
    }

    /** Gives them back, when nothing is under way any more and the store is still open. Ends well always. */
    default Future<Void> leave() {
        return Future.succeededFuture();
    }
}
