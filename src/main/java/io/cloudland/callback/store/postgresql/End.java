package io.cloudland.callback.store.postgresql;

import io.cloudland.callback.model.Attempt;
import io.cloudland.callback.model.Delivery;
import io.cloudland.callback.model.DeliveryState;
import io.cloudland.callback.model.ResourceRef;
import java.time.Instant;
import java.util.List;

/** How an attempt ended, and with it perhaps a delivery. It keeps no body alive until it is written. */
final class End extends Ending {

    /** Which delivery is meant. */
    record Place(String endpoint, int slot, long position) {
        static Place of(Delivery delivery) {
            return new Place(delivery.endpoint(), delivery.resource().slot(), delivery.position());
        }
    }

    private final Place place;
    private final DeliveryState became;
    private final String eventId;
    private final ResourceRef resource;
    private final long sequence;
    private final Instant startedAt;
    private final String attemptJson;
    private final int attempts;
    private final Instant at;
    private final String reason;

    /**
     * @param at when the next attempt is due, or when it died
     * @param reason why it died, empty where it did not
     */
    End(Delivery delivery, long token, Attempt attempt, DeliveryState became, Instant at, String reason) {
        super(delivery.resource().slot(), token);
        this.place = Place.of(delivery);
        this.became = became;
        this.eventId = delivery.event().id().value();
        this.resource = delivery.resource();
        this.sequence = delivery.event().sequence();
        this.startedAt = attempt.startedAt();
        this.attemptJson = AttemptJson.encode(attempt);
        this.attempts = delivery.attemptsMade() + 1;
        this.at = at;
        this.reason = Rows.text(reason);
    }

    Place place() {
        return place;
    }

    DeliveryState became() {
        return became;
    }

    String eventId() {
        return eventId;
    }

    ResourceRef resource() {
        return resource;
    }

    long sequence() {
        return sequence;
    }

    Instant startedAt() {
        return startedAt;
    }

    String attemptJson() {
        return attemptJson;
    }

    int attempts() {
        return attempts;
    }

    Instant at() {
        return at;
    }

    String reason() {
        return reason;
    }

    @Override
    List<Place> ends() {
        return List.of(place);
    }

    @Override
    public String toString() {
        return "that " + eventId + " → " + place.endpoint() + " became " + became;
    }
}
