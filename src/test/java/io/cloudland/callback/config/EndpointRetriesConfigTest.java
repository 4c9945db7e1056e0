package io.cloudland.callback.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudland.callback.model.Endpoint;
import io.cloudland.callback.model.StatusSet;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** When an endpoint is tried again, as its table and the top say. */
class EndpointRetriesConfigTest extends ConfigInAFile {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "retry_backoff        | 'none'      | one of \"fixed\", \"linear\", \"exponential\", was \"none\"",
                "retry_interval_max   | 604801      | a whole number of seconds from 1 to 604800, was 604801",
                "retry_jitter         | 1.1         | a number from 0 to 1, was 1.1",
                "retry_jitter         | -0.1        | a number from 0 to 1, was -0.1",
                "retry_jitter         | 'full'      | a number from 0 to 1, was \"full\"",
                "retry_max_age        | 0           | a whole number of seconds from 1 to 31536000, was 0",
                "retry_schedule       | [5, 0]      | an array of at most 100 whole numbers of seconds from 1 to 604800, was [5, 0]",
                "retry_schedule       | 5           | an array of at most 100 whole numbers of seconds from 1 to 604800, was 5",
                "retry_statuses       | 'all'       | \"specification\", \"standard\" or statuses from 300 to 999 such as \"400-407, 501\", was \"all\"",
                "retry_statuses       | '200-500'   | \"specification\", \"standard\" or statuses from 300 to 999 such as \"400-407, 501\", was \"200-500\"",
                "dead_statuses        | '500-400'   | statuses from 300 to 999 such as \"400-407, 501\", was \"500-400\"",
                "dead_statuses        | '400,'      | statuses from 300 to 999 such as \"400-407, 501\", was \"400,\"",
                "dead_statuses        | 'standard'  | statuses from 300 to 999 such as \"400-407, 501\", was \"standard\"",
            },
            quoteCharacter = '`')
    void retry_options_are_held_to_their_rules_at_the_top_and_in_a_table(String key, String value, String rule) {
        assertThat(file(ConfigFile.MINIMAL + key + " = " + value + "\n").problems())
                .singleElement()
                .asString()
                .endsWith(" callback." + key + " must be " + rule);
        assertThat(file(BILLING + key + " = " + value + "\n").problems())
                .singleElement()
                .asString()
                .endsWith(" callback.endpoints.billing." + key + " must be " + rule);
    }

    @Test
    void a_growing_pause_starts_below_its_longest() {
        String growing = "retry_backoff = 'linear'\nretry_interval = 60\nretry_interval_max = 59\n";
        assertThat(file(ConfigFile.MINIMAL + growing).problems())
                .containsExactly("config.toml:5:22 callback.retry_interval_max must be such that retry_interval (60) is"
                        + " at most retry_interval_max (59)");
        assertThat(file("[callback]\nretry_interval = 86400\n" + BILLING + "retry_backoff = 'linear'\n")
                        .problems())
                .containsExactly("config.toml:6:17 callback.endpoints.billing.retry_backoff must be such that"
                        + " retry_interval (86400) is at most retry_interval_max (3600)");
        assertThat(file(ConfigFile.MINIMAL + "retry_interval = 86400\n").warnings())
                .isEmpty();
    }

    @Test
    void a_schedule_is_taken_from_the_top_unless_the_table_says_otherwise() {
        String top = "[callback]\nretry_schedule = [5, 300]\n";
        assertThat(only(top + BILLING).retries().schedule())
                .containsExactly(Duration.ofSeconds(5), Duration.ofMinutes(5));
        assertThat(only(top + BILLING).retries().retries()).isEqualTo(2);
        assertThat(only(top + BILLING + "retry_max = 7\n").retries().retries()).isEqualTo(7);
        assertThat(only(top + BILLING + "retry_schedule = []\n").retries().retries())
                .isEqualTo(3);
        assertThat(only(top + BILLING + "retry_schedule = [1]\nretry_jitter = 0.1\n")
                        .retries()
                        .schedule())
                .hasSize(1);
        assertThat(file(top + BILLING + "retry_max = 7\n").report())
                .doesNotContain("callback.endpoints.billing.retry_schedule");
    }

    @Test
    void the_environment_sets_the_retries_of_all() {
        Endpoint endpoint = file(ConfigFile.MINIMAL)
                .environment("CALLBACK_RETRY_SCHEDULE", "5, 300")
                .environment("CALLBACK_RETRY_JITTER", "1")
                .environment("CALLBACK_RETRY_STATUSES", "standard")
                .config()
                .endpoints()
                .get(0);
        assertThat(endpoint.retries().schedule()).containsExactly(Duration.ofSeconds(5), Duration.ofMinutes(5));
        assertThat(endpoint.retries().jitter()).isEqualTo(1.0);
        assertThat(endpoint.retries().retryStatuses()).isEqualTo(StatusSet.STANDARD);
    }
}
