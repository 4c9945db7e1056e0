package io.cloudland.callback.http;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the {@code Retry-After} header: seconds, or a date in one of the three forms of HTTP. Pure. */
final class RetryAfter {

    /** Nobody is believed who asks for more. */
    static final Duration LONGEST = Duration.ofDays(1);

    private static final Pattern SECONDS = Pattern.compile("[0-9]+");

    /** The longest number that is read: 18 digits are for ever anyway. */
    private static final int MAX_DIGITS = 18;

    private static final int MAX_CHARS = 64;

    /** What a year of two digits is relative to: RFC 9110 takes more than 50 years ahead for the past. */
    private static final int YEARS_AHEAD = 50;

    private RetryAfter() {}

    /**
     * The pause that is asked for, at most {@link #LONGEST}; zero for a moment that has passed.
     *
     * @param header the header's value
     * @param date the {@code Date} header of the same answer: the endpoint's clock need not be ours
     * @param now the time by our clock, where the endpoint does not tell its own
     * @return empty where nothing is asked for, or it cannot be read
     */
    static Optional<Duration> of(@Nullable String header, @Nullable String date, Instant now) {
        String text = header == null ? "" : header.strip();
        if (text.isEmpty() || text.length() > MAX_CHARS) {
            return Optional.empty();
        }
        if (SECONDS.matcher(text).matches()) {
            return Optional.of(seconds(text));
        }
        return date(text, now).map(until -> between(clock(date, now), until));
    }

    private static Duration seconds(String digits) {
        return digits.length() > MAX_DIGITS ? LONGEST : bounded(Duration.ofSeconds(Long.parseLong(digits)));
    }

    private static Instant clock(@Nullable String date, Instant now) {
        return date == null ? now : date(date.strip(), now).orElse(now);
    }

    private static Duration between(Instant now, Instant until) {
        return until.isAfter(now) ? bounded(Duration.between(now, until)) : Duration.ZERO;
    }

    private static Duration bounded(Duration pause) {
        return pause.compareTo(LONGEST) > 0 ? LONGEST : pause;
    }

    /**
     * An HTTP date: IMF-fixdate, that of RFC 850, or that of C's {@code asctime}. All are in GMT. The day of the first
     * two has two digits in HTTP, but one is read as well: so a Java receiver writes it, whose
     * {@link DateTimeFormatter#RFC_1123_DATE_TIME} has "1 Dec", as mails may.
     */
    private static Optional<Instant> date(String text, Instant now) {
        return forms(now).stream().flatMap(form -> parse(text, form).stream()).findFirst();
    }

    private static Optional<Instant> parse(String text, DateTimeFormatter form) {
        try {
            return Optional.of(LocalDateTime.parse(text, form).toInstant(ZoneOffset.UTC));
        } catch (DateTimeException otherForm) {
            return Optional.empty();
        }
    }

    private static List<DateTimeFormatter> forms(Instant now) {
        return List.of(form("EEE, d MMM uuuu HH:mm:ss 'GMT'"), rfc850(now), form("EEE MMM ppd HH:mm:ss uuuu"));
    }

    private static DateTimeFormatter form(String pattern) {
        return DateTimeFormatter.ofPattern(pattern, Locale.ENGLISH);
    }

    private static DateTimeFormatter rfc850(Instant now) {
        int base = now.atOffset(ZoneOffset.UTC).getYear() + YEARS_AHEAD - 99;
        return new DateTimeFormatterBuilder()
                .appendPattern("EEEE, d-MMM-")
                .appendValueReduced(ChronoField.YEAR, 2, 2, base)
                .appendPattern(" HH:mm:ss 'GMT'")
                .toFormatter(Locale.ENGLISH);
    }
}
