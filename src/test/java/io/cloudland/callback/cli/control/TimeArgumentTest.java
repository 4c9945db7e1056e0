package io.cloudland.callback.cli.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class TimeArgumentTest {

    private static final Instant NOW = Instant.parse("2026-11-24T09:20:36Z");

    private static String parsed(String text) {
        return TimeArgument.parse(text, NOW).map(Instant::toString).orElse("none");
    }

    @Test
    void a_duration_means_so_long_ago() {
        assertThat(parsed("2h")).isEqualTo("2026-11-24T07:20:36Z");
        assertThat(parsed("90s")).isEqualTo("2026-11-24T09:19:06Z");
        assertThat(parsed("30m")).isEqualTo("2026-11-24T08:50:36Z");
        assertThat(parsed("1d12h")).isEqualTo("2026-11-22T21:20:36Z");
    }

    @Test
    void a_time_means_itself() {
        assertThat(parsed("2026-11-24T10:20:36+01:00")).isEqualTo("2026-11-24T09:20:36Z");
        assertThat(parsed("2026-11-24T09:20:36.5Z")).isEqualTo("2026-11-24T09:20:36.500Z");
    }

    @Test
    void anything_else_is_refused() {
        for (String text :
                new String[] {"", "2", "h", "2 h", "-2h", "2h1d", "yesterday", "2026-11-24", "99999999999s"}) {
            assertThat(parsed(text)).as(text).isEqualTo("none");
        }
    }
}
