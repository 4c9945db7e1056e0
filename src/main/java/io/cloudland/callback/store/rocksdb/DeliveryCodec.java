package io.cloudland.callback.store.rocksdb;

import io.cloudland.callback.model.Action;
import io.cloudland.callback.model.EventId;
import io.cloudland.callback.model.Payload;
import io.cloudland.callback.model.ResourceChange;
import io.cloudland.callback.model.ResourceChangeEvent;
import io.cloudland.callback.model.ResourceRef;
import io.cloudland.callback.model.ResourceType;
import java.util.Arrays;

/** The row of an open delivery: version, event, payload. Written once, never changed. */
final class DeliveryCodec {

    private static final int VERSION = 1;

    /** A resource stands within so many bytes of the start of its row. */
    static final int MARKED_WITHIN = 192;

    /** A row whose payload has headers; all others are written as they always were. */
    private static final int WITH_HEADERS = 2;

    /** What a row holds; position and endpoint are in its key. */
    record Row(ResourceChangeEvent event, Payload payload) {}

    private DeliveryCodec() {}

    static byte[] encode(ResourceChangeEvent event, Payload payload) {
        Encoder to = new Encoder(512 + payload.body().length)
                .putByte(payload.headers().isEmpty() ? VERSION : WITH_HEADERS);
        putEvent(to, event);
        return PayloadCodec.put(to, payload).toBytes();
    }

    static Row decode(byte[] row) {
        boolean withHeaders = row.length > 0 && row[0] == WITH_HEADERS;
        Decoder from = Decoder.ofVersion(row, withHeaders ? WITH_HEADERS : VERSION);
        ResourceChangeEvent event = getEvent(from);
        Payload payload = PayloadCodec.get(from, withHeaders);
        from.end();
        return new Row(event, payload);
    }

    /** The bytes by which the rows of one resource are known, see {@link #isOf}. */
    static byte[] markOf(ResourceRef resource) {
        Encoder mark = new Encoder(32);
        putResource(mark, resource);
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

    private static void putEvent(Encoder to, ResourceChangeEvent event) {
        to.putText(event.id().value());
        putResource(to, event.resource());
        putChange(to, event.change());
        to.putText(event.previousStatus())
                .putNumber(event.sequence())
                .putText(event.epoch())
                .putInstant(event.recordedAt());
    }

    private static void putChange(Encoder to, ResourceChange change) {
        to.putText(change.uuid())
                .putText(change.status())
                .putText(change.action().wireName())
                .putText(change.command())
                .putInstant(change.occurredAt())
                .putText(change.tenantId())
                .putText(change.region());
        ValueCodec.put(to, change.metadata());
    }

    private static ResourceChangeEvent getEvent(Decoder from) {
        EventId id = new EventId(from.getText());
        ResourceChange change = getChange(from, getResource(from));
        return new ResourceChangeEvent(
                id, change, from.getOptionalText(), from.getNumber(), from.getText(), from.getInstant());
    }

    private static ResourceChange getChange(Decoder from, ResourceRef resource) {
        return new ResourceChange(
                resource,
                from.getText(),
                from.getText(),
                getAction(from),
                from.getText(),
                from.getInstant(),
                from.getOptionalText(),
                from.getOptionalText(),
                ValueCodec.getMap(from));
    }

    private static void putResource(Encoder to, ResourceRef resource) {
        to.putText(resource.type().wireName()).putNumber(resource.id());
    }

    static ResourceRef getResource(Decoder from) {
        String type = from.getText();
        return new ResourceRef(
                ResourceType.ofWireName(type)
                        .orElseThrow(() -> new IllegalArgumentException("unknown resource type " + type)),
                from.getNumber());
    }

    private static Action getAction(Decoder from) {
        String action = from.getText();
        return Action.ofWireName(action).orElseThrow(() -> new IllegalArgumentException("unknown action " + action));
    }
}
