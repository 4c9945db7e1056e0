package io.cloudland.callback.store.rocksdb;

import io.cloudland.callback.model.Action;
import io.cloudland.callback.model.Attempt;
import io.cloudland.callback.model.AttemptOutcome;
import io.cloudland.callback.model.DeadLetter;
import io.cloudland.callback.model.Delivery;
import io.cloudland.callback.model.EventId;
import io.cloudland.callback.model.Payload;
import io.cloudland.callback.model.ResourceChange;
import io.cloudland.callback.model.ResourceChangeEvent;
import io.cloudland.callback.model.ResourceRef;
import io.cloudland.callback.model.ResourceType;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What stands in the list for a delivery whose row cannot be read: its place, and nothing that looks true. */
final class Unreadable {

    private static final String UNKNOWN = "unreadable";
    private static final String AT = UNKNOWN + "_at_";

    private Unreadable() {}

    static DeadLetter letter(String endpoint, long position, String why, Instant now) {
        DeliveryCodec.Row standIn = standIn(position);
        return new DeadLetter(
                new Delivery(position, standIn.event(), endpoint, standIn.payload(), 0, now),
                new Attempt(0, now, Duration.ZERO, new AttemptOutcome.Failed("not sent")),
                "the stored row at position " + position + " cannot be read: " + why + "; its bytes are kept",
                now,
                List.of());
    }

    static DeliveryCodec.Row decodeOrStandIn(byte[] row, long position) {
        try {
            return DeliveryCodec.decode(row);
        } catch (IllegalArgumentException unreadable) {
            return standIn(position);
        }
    }

    /** Whether it stands for a row that could not be read: there is nothing to deliver. */
    static boolean isStandIn(Delivery delivery) {
        return delivery.event().id().value().equals(idAt(delivery.position()))
                && delivery.payload().body().length == 0;
    }

    /** Whether that event id can only be one of a stand-in. */
    static boolean isStandIn(String eventId) {
        return eventId.startsWith(AT);
    }

    private static String idAt(long position) {
        return AT + position;
    }

    private static DeliveryCodec.Row standIn(long position) {
        ResourceChange change = new ResourceChange(
                new ResourceRef(ResourceType.INSTANCE, Long.MAX_VALUE),
                "",
                UNKNOWN,
                Action.STATE_CHANGED,
                UNKNOWN,
                Instant.EPOCH,
                Optional.empty(),
                Optional.empty(),
                Map.of());
        EventId id = new EventId(idAt(position));
        ResourceChangeEvent event = new ResourceChangeEvent(id, change, Optional.empty(), 0, UNKNOWN, Instant.EPOCH);
        return new DeliveryCodec.Row(event, new Payload("application/json", new byte[0]));
    }
}
