package io.cloudland.callback.model;

import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Which dead letters are meant: those for which everything that is given holds.
 *
 * @param endpoint the endpoint's name
 * @param status the status that the event tells
 * @param diedFrom died at that time or later
 * @param diedBefore died before that time
 * @param reason contained in the reason, whatever the case
 */
public record DeadLetterFilter(
        Optional<String> eventId,
        Optional<String> endpoint,
        Optional<ResourceType> type,
        OptionalLong resourceId,
        Optional<String> status,
        Optional<Instant> diedFrom,
        Optional<Instant> diedBefore,
        Optional<String> reason) {

    private static final DeadLetterFilter ALL = new DeadLetterFilter(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            OptionalLong.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());

    /** Every dead letter. */
    public static DeadLetterFilter all() {
        return ALL;
    }

    /** Those of one event, one for each endpoint that it died for. */
    public static DeadLetterFilter ofEvent(String eventId) {
        return new DeadLetterFilter(
                Optional.of(eventId),
                Optional.empty(),
                Optional.empty(),
                OptionalLong.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    public boolean matches(DeadLetter letter) {
        Delivery delivery = letter.delivery();
        return Matching.is(eventId, delivery.event().id().value())
                && Matching.is(endpoint, delivery.endpoint())
                && Matching.isOf(type, resourceId, letter.resource())
                && Matching.is(status, delivery.event().change().status())
                && Matching.isWithin(diedFrom, diedBefore, letter.diedAt())
                && reason.map(part -> lower(letter.reason()).contains(lower(part)))
                        .orElse(true);
    }

    private static String lower(String text) {
        return text.toLowerCase(Locale.ROOT);
    }
}
