package io.cloudland.callback.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullAndEmptySource;
import org.junit.jupiter.params.provider.ValueSource;

class RetryAfterTest {

    private static final Instant NOW = Instant.parse("2026-11-06T08:49:07Z");

    @ParameterizedTest
    @CsvSource({
        "0,                                0",
        "120,                              120",
        " 120 ,                            120",
        "007,                              7",
        "86400,                            86400",
        "86401,                            86400",
        "999999999999999999,               86400",
        "99999999999999999999999999999999, 86400",
    })
    void seconds_are_read_and_bounded(String header, long seconds) {
        assertThat(RetryAfter.of(header, null, NOW)).contains(Duration.ofSeconds(seconds));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Fri, 06 Nov 2026 08:49:37 GMT    | 30",
                "Friday, 06-Nov-26 08:49:37 GMT   | 30",
                "Fri Nov  6 08:49:37 2026         | 30",
                "Fri Nov 13 08:49:07 2026         | 86400",
                "Sun, 06 Nov 1994 08:49:37 GMT    | 0",
                "Sunday, 06-Nov-94 08:49:37 GMT   | 0",
                "Sun Nov  6 08:49:37 1994         | 0",
                "Fri, 06 Nov 2026 08:49:07 GMT    | 0",
                "Fri, 6 Nov 2026 08:49:37 GMT     | 30",
                "Friday, 6-Nov-26 08:49:37 GMT    | 30",
                "Fri, 31 Dec 9999 23:59:59 GMT    | 86400",
            })
    void dates_are_read_in_all_three_forms_and_what_has_passed_is_no_wait(String header, long seconds) {
        assertThat(RetryAfter.of(header, null, NOW)).contains(Duration.ofSeconds(seconds));
    }

    @ParameterizedTest
    @NullAndEmptySource
    @ValueSource(
            strings = {
                " ",
                "-1",
                "+5",
                "1.5",
                "5s",
                "1e3",
                "0x10",
                "١٢٠",
                "soon",
                "Mon, 06 Nov 2026 08:49:37 GMT",
                "Fri, 32 Nov 2026 08:49:37 GMT",
                "Fri, -6 Nov 2026 08:49:37 GMT",
                "Fri, +6 Nov 2026 08:49:37 GMT",
                "Fri, 0 Nov 2026 08:49:37 GMT",
                "Fri,  6 Nov 2026 08:49:37 GMT",
                "Fri, 06 Nov 2026 25:49:37 GMT",
                "Fri, 06 Nov 2026 08:49:37 CET",
                "2026-11-06T08:49:37Z",
                "120, 240",
            })
    void what_is_neither_is_as_if_it_were_not_there(String header) {
        assertThat(RetryAfter.of(header, null, NOW)).isEmpty();
    }

    @Test
    void a_date_is_measured_by_the_clock_of_whoever_sent_it() {
        assertThat(RetryAfter.of("Fri, 06 Nov 2026 10:00:30 GMT", "Fri, 06 Nov 2026 10:00:00 GMT", NOW))
                .contains(Duration.ofSeconds(30));
        assertThat(RetryAfter.of("Fri, 06 Nov 2026 08:49:37 GMT", "no date", NOW))
                .contains(Duration.ofSeconds(30));
    }

    /** What this project's own test sent, until a day with one digit came: it was ignored, so the endpoint was not paused. */
    @Property
    void a_date_that_a_java_receiver_writes_is_read_on_every_day(
            @ForAll @LongRange(min = 0, max = 100L * 366 * 24 * 60 * 60) long secondsFromNow) {
        Instant now = NOW.plusSeconds(secondsFromNow);
        String header = DateTimeFormatter.RFC_1123_DATE_TIME.format(
                now.plus(Duration.ofHours(2)).atOffset(ZoneOffset.UTC));

        assertThat(RetryAfter.of(header, null, now)).contains(Duration.ofHours(2));
    }

    @Property
    void no_text_breaks_it_and_nothing_is_out_of_bounds(@ForAll String header, @ForAll String date) {
        assertThatCode(() -> RetryAfter.of(header, date, NOW)
                        .ifPresent(pause -> assertThat(pause).isBetween(Duration.ZERO, RetryAfter.LONGEST)))
                .doesNotThrowAnyException();
    }
}
