package io.cloudland.callback.cli.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class TableTest {

    @Test
    void columns_are_as_wide_as_what_they_hold() {
        assertThat(new Table("EVENT", "TRY", "OUTCOME")
                        .row("evt_1", 1, "HTTP 503")
                        .row("evt_27", 10, "HTTP 200")
                        .lines())
                .containsExactly("EVENT   TRY  OUTCOME", "evt_1   1    HTTP 503", "evt_27  10   HTTP 200");
    }

    @Test
    void no_line_is_wider_than_120_columns_and_the_first_column_stays_whole() {
        String id = "evt_550e8400-e29b-41d4-a716-446655440000";
        String tooLong = "x".repeat(200);
        assertThat(new Table("EVENT", "A", "B", "C", "REASON")
                        .row(id, tooLong, "x", "x", tooLong)
                        .row(id, tooLong, tooLong, tooLong, tooLong)
                        .lines())
                .allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(120))
                .filteredOn(line -> line.startsWith("evt"))
                .allSatisfy(line -> assertThat(line).startsWith(id).endsWith("…"));
    }

    @Test
    void what_could_steer_a_terminal_is_shown_as_a_blank() {
        assertThat(new Table("A", "B")
                        .row("evt\u001b[2J", "one\ntwo\u202e\tthree")
                        .lines())
                .last()
                .isEqualTo("evt [2J  one two three");
    }

    @Test
    void an_age_has_two_units_at_most() {
        Instant now = Instant.parse("2026-11-24T09:20:36Z");
        assertThat(Ages.since(now.minusSeconds(5), now)).isEqualTo("5s");
        assertThat(Ages.since(now.minusSeconds(65), now)).isEqualTo("1m05s");
        assertThat(Ages.since(now.minusSeconds(7_500), now)).isEqualTo("2h05m");
        assertThat(Ages.since(now.minus(Duration.ofHours(51)), now)).isEqualTo("2d03h");
        assertThat(Ages.since(now.plusSeconds(5), now)).isEqualTo("in 5s");
    }
}
