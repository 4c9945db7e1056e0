package io.cloudland.callback.store.rocksdb;

import io.cloudland.callback.model.Payload;
import io.cloudland.callback.model.ResourceChangeEvent;
import io.cloudland.callback.model.ResourceRef;
import java.util.Arrays;

/**
 * The row of an open delivery: version, event, payload. Where the event is owed to several endpoints, event and payloads lie
 * in a row that they share ({@link SharedEventCodec}), and this one has of the event only what walks look at, and which of
 * the payloads is meant. Written once, never changed.
 */
final class DeliveryCodec {

    private static final int VERSION = 1;

    /** A resource stands within so many bytes of the start of its row. */
    static final int MARKED_WITHIN = 192;

    /** A row whose payload has headers; all others are written as they always were. */
    private static final int WITH_HEADERS = 2;

    /** A row whose event and payload lie in the row that the event's deliveries share. */
    private static final int SHARED = 3;

    /** What a row holds; position and endpoint are in its key. */
    record Row(ResourceChangeEvent event, Payload payload) {}

    private DeliveryCodec() {}

    static byte[] encode(ResourceChangeEvent event, Payload payload) {
        Encoder to = new Encoder(512 + payload.body().length)
                .putByte(payload.headers().isEmpty() ? VERSION : WITH_HEADERS);
        EventCodec.put(to, event);
        return PayloadCodec.put(to, payload).toBytes();
    }

    static Row decode(byte[] row) {
        boolean withHeaders = row.length > 0 && row[0] == WITH_HEADERS;
        Decoder from = Decoder.ofVersion(row, withHeaders ? WITH_HEADERS : VERSION);
        ResourceChangeEvent event = EventCodec.get(from);
        Payload payload = PayloadCodec.get(from, withHeaders);
        from.end();
        return new Row(event, payload);
    }

    /** @param payload which of the shared row's payloads, from 0 */
    static byte[] encodeShared(ResourceChangeEvent event, int payload) {
        Encoder to = new Encoder(64).putByte(SHARED).putText(event.id().value());
        EventCodec.putResource(to, event.resource());
        return to.putNumber(payload).toBytes();
    }

    static boolean isShared(byte[] row) {
        return row.length > 0 && row[0] == SHARED;
    }

    /** Which of the shared row's payloads is meant, from 0. */
    static int sharedPayload(byte[] row) {
        Decoder from = Decoder.ofVersion(row, SHARED);
        from.getBytes();
        EventCodec.getResource(from);
        int payload = from.getSmallNumber();
        from.end();
        return payload;
    }

    /** The bytes by which the rows of one resource are known, see {@link #isOf}. */
    static byte[] markOf(ResourceRef resource) {
        Encoder mark = new Encoder(32);
        EventCodec.putResource(mark, resource);
        return mark.toBytes();
    }

    /**
     * Whether a row is of a resource, without decoding it: the resource stands behind the version and the event's id.
     *
     * @param start the start of the row, {@link #MARKED_WITHIN} bytes where it has as many
     * @param mark see {@link #markOf}
     */
    static boolean isOf(byte[] start, byte[] mark) {
        int idLength = start.length < 2 ? -1 : start[1]; // Less than 128, so in one byte; else it is no row of ours.
        int from = 2 + idLength;
        return idLength >= 0
                && from + mark.length <= start.length
                && Arrays.equals(start, from, from + mark.length, mark, 0, mark.length);
    }

    /** Whether the row is of that event, without reading on: for walks over millions. */
    static boolean isOfEvent(byte[] row, byte[] eventId) {
        try {
            return Arrays.equals(new Decoder(row).skip(1).getBytes(), eventId);
        } catch (IllegalArgumentException unreadable) {
            return false;
        }
    }
}
