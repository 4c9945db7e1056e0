package io.cloudland.callback.cli.control;

import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A moment as people write it: an RFC 3339 time, or how long ago it was, such as {@code 2h} or {@code 1d12h}. */
final class TimeArgument implements ITypeConverter<Instant> {

    private static final Pattern AGO =
            Pattern.compile("(?=.)(?:(\\d{1,5})d)?(?:(\\d{1,6})h)?(?:(\\d{1,7})m)?(?:(\\d{1,8})s)?");

    @Override
    public Instant convert(String text) {
        return parse(text, Instant.now())
                .orElseThrow(() -> new TypeConversionException("'" + text + "' is neither an RFC 3339 time such as"
                        + " 2026-11-24T09:20:36Z nor how long ago, such as 90s, 30m, 2h or 1d12h"));
    }

    static Optional<Instant> parse(String text, Instant now) {
        Matcher ago = AGO.matcher(text);
        return ago.matches() ? Optional.of(now.minus(durationOf(ago))) : timeOf(text);
    }

    private static Duration durationOf(Matcher ago) {
        return Duration.ofDays(part(ago, 1))
                .plusHours(part(ago, 2))
                .plusMinutes(part(ago, 3))
                .plusSeconds(part(ago, 4));
    }

    private static long part(Matcher ago, int group) {
        return ago.group(group) == null ? 0 : Long.parseLong(ago.group(group));
    }

    private static Optional<Instant> timeOf(String text) {
        try {
            return Optional.of(OffsetDateTime.parse(text).toInstant());
        } catch (DateTimeParseException notATime) {
            return Optional.empty();
        }
    }
}
