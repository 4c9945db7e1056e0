package io.cloudland.callback.delivery;

import io.cloudland.callback.model.ResourceRef;
import java.util.BitSet;
import java.util.function.BooleanSupplier;

/**
 * Which slots are this node's to deliver.
 *
 * @param first those at the start; {@link DeliveryVerticle#own} changes them
 * @param isLive whether nobody else can have taken them; where not, no attempt is started. Asked often, on any thread
 */
public record OwnedSlots(BitSet first, BooleanSupplier isLive) {

    /** All of them, for good: nobody else delivers from this store. */
    public static OwnedSlots all() {
        BitSet all = new BitSet(ResourceRef.SLOTS);
        all.set(0, ResourceRef.SLOTS);
        return new OwnedSlots(all, () -> true);
    }
}
