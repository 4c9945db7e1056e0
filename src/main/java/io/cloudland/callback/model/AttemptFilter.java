package io.cloudland.callback.model;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Which attempts of the delivery log are meant: those for which everything that is given holds.
 *
 * @param endpoint the endpoint's name
 * @param from started at that time or later
 * @param before started before that time
 * @param succeeded whether the endpoint took it; what was never sent is neither
 */
public record AttemptFilter(
        Optional<String> eventId,
        Optional<String> endpoint,
        Optional<ResourceType> type,
        OptionalLong resourceId,
        Optional<Instant> from,
        Optional<Instant> before,
        Optional<Boolean> succeeded) {

    private static final AttemptFilter ALL = new AttemptFilter(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            OptionalLong.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());

    /** Every attempt. */
    public static AttemptFilter all() {
        return ALL;
    }

    public boolean matches(LoggedAttempt logged) {
        return Matching.is(eventId, logged.eventId())
                && Matching.is(endpoint, logged.endpoint())
                && Matching.isOf(type, resourceId, logged.resource())
                && Matching.isWithin(from, before, logged.attempt().startedAt())
                && (succeeded.isEmpty() || logged.isAttempt())
                && Matching.is(succeeded, logged.succeeded());
    }
}
