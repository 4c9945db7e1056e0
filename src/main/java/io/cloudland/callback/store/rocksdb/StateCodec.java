package io.cloudland.callback.store.rocksdb;

import io.cloudland.callback.model.ResourceChange;
import io.cloudland.callback.model.ResourceChangeEvent;
import io.cloudland.callback.model.ResourceRef;
import io.cloudland.callback.model.ResourceState;

/** The row of a resource's last known state: version, sequence, status, then what only a lookup needs. */
final class StateCodec {

    private static final int VERSION = 1;

    /** What an append needs of it. */
    record Head(long sequence, String status) {}

    private StateCodec() {}

    static byte[] key(ResourceRef resource) {
        return new Encoder(24)
                .putText(resource.type().wireName())
                .putLong(resource.id())
                .toBytes();
    }

    static byte[] encode(ResourceChangeEvent event) {
        ResourceChange change = event.change();
        Encoder to = new Encoder(256)
                .putByte(VERSION)
                .putNumber(event.sequence())
                .putText(change.status())
                .putText(change.uuid())
                .putText(change.tenantId());
        ValueCodec.put(to, change.metadata());
        return to.toBytes();
    }

    static Head head(byte[] row) {
        Decoder from = Decoder.ofVersion(row, VERSION);
        return new Head(from.getNumber(), from.getText());
    }

    static ResourceState decode(ResourceRef resource, byte[] row) {
        Decoder from = Decoder.ofVersion(row, VERSION);
        long sequence = from.getNumber();
        String status = from.getText();
        ResourceState state = new ResourceState(
                resource, from.getText(), status, from.getOptionalText(), ValueCodec.getMap(from), sequence);
        from.end();
        return state;
    }
}
