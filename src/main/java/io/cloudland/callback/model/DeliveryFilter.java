package io.cloudland.callback.model;

import java.util.Optional;
import java.util.OptionalLong;

/**
 * Which open deliveries are meant: those for which everything that is given holds.
 *
 * @param endpoint the endpoint's name
 * @param tried whether an attempt has ended already
 */
public record DeliveryFilter(
        Optional<String> eventId,
        Optional<String> endpoint,
        Optional<ResourceType> type,
        OptionalLong resourceId,
        Optional<Boolean> tried) {

    private static final DeliveryFilter ALL = new DeliveryFilter(
            Optional.empty(), Optional.empty(), Optional.empty(), OptionalLong.empty(), Optional.empty());

    /** Every open delivery. */
    public static DeliveryFilter all() {
        return ALL;
    }

    public boolean matches(Delivery delivery) {
        return Matching.is(eventId, delivery.event().id().value())
                && Matching.is(endpoint, delivery.endpoint())
                && Matching.isOf(type, resourceId, delivery.resource())
                && Matching.is(tried, delivery.attemptsMade() > 0);
    }

    /** The one resource that is meant; empty where type or id is left open. */
    public Optional<ResourceRef> resource() {
        return type.filter(known -> resourceId.orElse(0) >= 1)
                .map(known -> new ResourceRef(known, resourceId.getAsLong()));
    }
}
