package io.cloudland.callback.ingest;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;

/** Reads a point in time as RFC 3339 writes it, with any offset. */
final class Rfc3339 {

    // RFC 3339 writes the year with four digits; Java would read more, and write back what no receiver can read.
    private static final Instant FIRST = Instant.parse("0000-01-01T00:00:00Z");
    private static final Instant LAST = Instant.parse("9999-12-31T23:59:59.999999999Z");

    private Rfc3339() {}

    static Optional<Instant> parse(String text) {
        try {
            Instant instant = Instant.parse(text);
            return instant.isBefore(FIRST) || instant.isAfter(LAST) ? Optional.empty() : Optional.of(instant);
        } catch (DateTimeException notATime) {
            return Optional.empty();
        }
    }
}
