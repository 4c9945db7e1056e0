package io.cloudland.callback.http;

import java.time.Instant;

/**
 * Writes instants as {@link Instant#toString} does, remembering the text of the last second: what a delivery tells of its times
 * would otherwise be a fortieth of what the delivery costs. Any thread.
 */
final class InstantText {

    private static final int NANOS_PER_MILLI = 1_000_000;
    private static final int NANOS_PER_MICRO = 1_000;

    /** A second, and its text up to where the fraction begins. */
    private record Second(long epochSecond, String text) {}

    private static volatile Second last = second(Instant.EPOCH);

    private InstantText() {}

    /** RFC 3339 in UTC with {@code Z}, with 0, 3, 6 or 9 digits of a fraction: as many as are needed. */
    static String of(Instant instant) {
        Second known = last;
        if (known.epochSecond() != instant.getEpochSecond()) {
            known = second(instant);
            last = known;
        }
        return known.text() + fraction(instant.getNano());
    }

    private static Second second(Instant instant) {
        String whole = Instant.ofEpochSecond(instant.getEpochSecond()).toString();
        return new Second(instant.getEpochSecond(), whole.substring(0, whole.length() - 1));
    }

    private static String fraction(int nanos) {
        if (nanos == 0) {
            return "Z";
        }
        if (nanos % NANOS_PER_MILLI == 0) {
            return digits(nanos / NANOS_PER_MILLI, 3);
        }
        return nanos % NANOS_PER_MICRO == 0 ? digits(nanos / NANOS_PER_MICRO, 6) : digits(nanos, 9);
    }

    private static String digits(int value, int count) {
        char[] text = new char[count + 2];
        text[0] = '.';
        text[count + 1] = 'Z';
        int rest = value;
        for (int i = count; i > 0; i--) {
            text[i] = (char) ('0' + rest % 10);
            rest /= 10;
        }
        return new String(text);
    }
}
