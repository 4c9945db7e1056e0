package io.cloudland.callback.store.rocksdb;

import io.cloudland.callback.model.Coalesced;

/** What a delivery stands for, as bytes at the end of another row; a row of one that stands for nothing has none. */
final class CoalescedCodec {

    private CoalescedCodec() {}

    static void put(Encoder to, Coalesced coalesced) {
        if (!coalesced.isNothing()) {
            to.putNumber(coalesced.count()).putNumber(coalesced.from());
        }
    }

    static Coalesced get(Decoder from, boolean there) {
        return there ? new Coalesced(from.getNumber(), from.getNumber()) : Coalesced.NOTHING;
    }
}
