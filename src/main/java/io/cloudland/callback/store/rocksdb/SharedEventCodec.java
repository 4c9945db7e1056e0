package io.cloudland.callback.store.rocksdb;

import io.cloudland.callback.model.Payload;
import io.cloudland.callback.model.ResourceChangeEvent;
import java.util.ArrayList;
import java.util.List;

/**
 * The row of an event that is owed to several endpoints: version, the endpoints' numbers, event, payloads. Put with the
 * event, deleted with the last of its deliveries, never changed.
 */
final class SharedEventCodec {

    /** In one series with the versions of {@link DeliveryCodec}: none of its rows is taken for one of these. */
    private static final int VERSION = 4;

    private SharedEventCodec() {}

    /** @param endpointIds to whom it is owed */
    static byte[] encode(List<Integer> endpointIds, ResourceChangeEvent event, List<Payload> payloads) {
        int bodies =
                payloads.stream().mapToInt(payload -> payload.body().length).sum();
        Encoder to = new Encoder(512 + endpointIds.size() + bodies).putByte(VERSION);
        to.putNumber(endpointIds.size());
        endpointIds.forEach(to::putNumber);
        EventCodec.put(to, event);
        to.putNumber(payloads.size());
        payloads.forEach(
                payload -> PayloadCodec.put(to.putByte(payload.headers().isEmpty() ? 0 : 1), payload));
        return to.toBytes();
    }

    /** @param payload which of its payloads, from 0; those behind it are not read */
    static DeliveryCodec.Row decode(byte[] row, int payload) {
        Decoder from = Decoder.ofVersion(row, VERSION);
        getEndpointIds(from);
        ResourceChangeEvent event = EventCodec.get(from);
        int payloads = from.getSmallNumber();
        if (payload >= payloads) {
            throw new IllegalArgumentException(
                    "its event has " + payloads + " payloads, and payload " + payload + " (from 0) is wanted");
        }
        for (int i = 0; i < payload; i++) {
            PayloadCodec.get(from, from.getByte() == 1);
        }
        Payload wanted = PayloadCodec.get(from, from.getByte() == 1);
        if (payload == payloads - 1) {
            from.end();
        }
        return new DeliveryCodec.Row(event, wanted);
    }

    /** To whom it was owed when it was kept. */
    static List<Integer> endpointIds(byte[] row) {
        return getEndpointIds(Decoder.ofVersion(row, VERSION));
    }

    private static List<Integer> getEndpointIds(Decoder from) {
        List<Integer> ids = new ArrayList<>();
        for (int left = from.getSmallNumber(); left > 0; left--) {
            ids.add(from.getSmallNumber());
        }
        return ids;
    }
}
