package io.cloudland.callback.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudland.callback.model.Action;
import io.cloudland.callback.model.Choice;
import io.cloudland.callback.model.ConnectionOptions;
import io.cloudland.callback.model.Endpoint;
import io.cloudland.callback.model.EventFilter;
import io.cloudland.callback.model.FlowSettings;
import io.cloudland.callback.model.ResourceType;
import io.cloudland.callback.model.RetrySettings;
import io.cloudland.callback.model.RetrySettings.Backoff;
import io.cloudland.callback.model.Secret;
import io.cloudland.callback.model.StatusSet;
import io.cloudland.callback.model.Transition;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code [[callback.endpoints]]}: what it comes to, and every way to get it wrong. */
class ConfigEndpointsTest extends ConfigInAFile {

    @Test
    void a_table_takes_what_it_does_not_say_from_the_top() {
        Endpoint billing = only("""
                [callback]
                timeout = 7
                retry_max = 9
                retry_interval = 2
                retry_backoff = "exponential"
                retry_interval_max = 60
                retry_jitter = 0.5
                retry_max_age = 3600
                retry_statuses = "standard"
                dead_statuses = "400-403, 422"
                max_in_flight = 5
                api_key = "geheim"
                tls_insecure_skip_verify = true
                """ + BILLING);
        assertThat(billing)
                .isEqualTo(new Endpoint(
                        "billing",
                        URI.create("http://b/x"),
                        "resource-change",
                        Optional.of(new Secret("geheim")),
                        Duration.ofSeconds(7),
                        new RetrySettings(
                                Backoff.EXPONENTIAL,
                                9,
                                Duration.ofSeconds(2),
                                Duration.ofMinutes(1),
                                0.5,
                                Optional.of(Duration.ofHours(1)),
                                List.of(),
                                StatusSet.STANDARD,
                                new StatusSet(List.of(new StatusSet.Range(400, 403), new StatusSet.Range(422, 422)))),
                        5,
                        true,
                        true,
                        EventFilter.EVERYTHING,
                        Map.of(),
                        List.of(),
                        ConnectionOptions.DEFAULT,
                        FlowSettings.UNLIMITED));
    }

    @Test
    void a_table_says_everything_for_itself() {
        Endpoint billing = only(BILLING + """
                enabled = false
                api_key = "own"
                timeout = 1
                retry_max = 1
                retry_interval = 1
                retry_backoff = "linear"
                retry_interval_max = 2
                retry_jitter = 1
                retry_max_age = 1
                retry_statuses = "500-599"
                dead_statuses = "501"
                max_in_flight = 3
                [callback.endpoints.filter]
                resource_type = ["instance", "volume"]
                command = ["!migrate_vm"]
                action = ["deleted"]
                status = ["running", "!pending"]
                tenant_id = ["t-1"]
                region = ["ap-1"]
                transition = ["running → shut_off", "* -> error", "!- → pending"]
                [callback.endpoints.headers]
                X-Team = "billing and more"
                Authorization = "Bearer geheim"
                """);
        assertThat(billing.enabled()).isFalse();
        assertThat(billing.apiKey()).contains(new Secret("own"));
        assertThat(billing.retries().backoff()).isEqualTo(Backoff.LINEAR);
        assertThat(billing.retries().jitter()).isEqualTo(1.0);
        assertThat(billing.retries().retryStatuses()).hasToString("500-599");
        assertThat(billing.filter())
                .isEqualTo(new EventFilter(
                        new Choice<>(Set.of(ResourceType.INSTANCE, ResourceType.VOLUME), Set.of()),
                        new Choice<>(Set.of(), Set.of("migrate_vm")),
                        new Choice<>(Set.of(Action.DELETED), Set.of()),
                        new Choice<>(Set.of("running"), Set.of("pending")),
                        new Choice<>(Set.of("t-1"), Set.of()),
                        new Choice<>(Set.of("ap-1"), Set.of()),
                        new Choice<>(
                                Set.of(new Transition("running", "shut_off"), new Transition("*", "error")),
                                Set.of(new Transition("-", "pending")))));
        assertThat(billing.headers())
                .isEqualTo(
                        Map.of("X-Team", new Secret("billing and more"), "Authorization", new Secret("Bearer geheim")));
    }

    @Test
    void a_url_beside_tables_is_one_more_endpoint_named_default_and_comes_first() {
        assertThat(file(ConfigFile.MINIMAL + BILLING).config().endpoints())
                .extracting(Endpoint::name)
                .containsExactly("default", "billing");
    }

    @Test
    void a_table_named_default_adds_to_the_url() {
        Endpoint endpoint = only(ConfigFile.MINIMAL + "[[callback.endpoints]]\nname = 'default'\ntimeout = 3\n");
        assertThat(endpoint.url()).hasToString("http://127.0.0.1:8080/hook");
        assertThat(endpoint.timeout()).isEqualTo(Duration.ofSeconds(3));
    }

    @Test
    void a_url_for_default_in_two_places_is_refused_with_both() {
        String table = "[[callback.endpoints]]\nname = 'default'\nurl = 'http://d/x'\n";
        assertThat(file(ConfigFile.MINIMAL + table).problems())
                .containsExactly("config.toml:5:7 callback.endpoints.default.url is set twice: callback.url"
                        + " (config.toml:2:7) is the url of the endpoint \"default\"; leave one, or name this one"
                        + " otherwise");
    }

    @Test
    void every_problem_of_every_table_is_told_at_once_with_its_own_place() {
        assertThat(file("""
                        [callback]
                        [[callback.endpoints]]
                        name = "A b"
                        url = "ftp://x"
                        [[callback.endpoints]]
                        url = "http://h/x"
                        retry_maxx = 3
                        timeout = 0
                        [callback.endpoints.filter]
                        resource_typ = ["vm"]
                        status = []
                        transition = ["running", "a → b → c"]
                        [[callback.endpoints]]
                        name = "ok"
                        url = "http://h/x"
                        colour = 1
                        workers = 3
                          [[callback.endpoints]]
                          name = "ok"
                          max_in_flight = 2
                        """).problems())
                .containsExactly(
                        "config.toml:3:8 callback.endpoints[1].name must be 1 to 64 of a-z, 0-9, \"-\" and \"_\", was"
                                + " \"A b\"",
                        "config.toml:4:7 callback.endpoints[1].url must be an absolute http or https address with a host,"
                                + " a port from 1 to 65535 where it names one, and no user info, was \"ftp://x\"",
                        "config.toml:5:1 callback.endpoints[2].name is required: 1 to 64 of a-z, 0-9, \"-\" and \"_\"",
                        "config.toml:7:1 callback.endpoints[2].retry_maxx is not an option; did you mean"
                                + " callback.endpoints[2].retry_max?",
                        "config.toml:8:11 callback.endpoints[2].timeout must be a whole number of seconds from 1 to"
                                + " 3600, was 0",
                        "config.toml:10:1 callback.endpoints[2].filter.resource_typ is not an option; did you mean"
                                + " callback.endpoints[2].filter.resource_type?",
                        "config.toml:11:10 callback.endpoints[2].filter.status must be an array, not empty, of text on"
                                + " one line, not blank; with \"!\" before it what is not wanted, was []",
                        "config.toml:12:14 callback.endpoints[2].filter.transition must be an array, not empty, of two"
                                + " statuses such as \"running → shut_off\", \"* -> error\"; with \"!\" before it what"
                                + " is not wanted, was [\"running\", \"a \\u2192 b \\u2192 c\"]",
                        "config.toml:16:1 callback.endpoints.ok.colour is not an option; there are name, url, enabled,"
                                + " format, api_key, api_key_file, secret, secrets, timeout, retry_max, retry_interval, retry_backoff,"
                                + " retry_interval_max, retry_jitter, retry_max_age, retry_schedule, retry_statuses,"
                                + " dead_statuses, max_in_flight, tls_insecure_skip_verify, tls_trust_store,"
                                + " tls_trust_store_password, tls_trust_store_password_file, tls_key_store,"
                                + " tls_key_store_password, tls_key_store_password_file, tls_min_version,"
                                + " tls_server_name, http_version, address_policy, allow_networks, deny_networks,"
                                + " proxy, proxy_password, proxy_password_file, park_after_failures,"
                                + " probe_interval, probe_interval_max, rate_limit, order, coalesce, handshake, handshake_origin, filter,"
                                + " headers",
                        "config.toml:17:1 callback.endpoints.ok.workers is not an option; did you mean"
                                + " callback.workers?",
                        "config.toml:18:3 callback.endpoints[4].name must be unique, was \"ok\", as that of the endpoint"
                                + " at config.toml:13:1",
                        "config.toml:18:3 callback.endpoints[4].url is required: an absolute http or https address with"
                                + " a host, a port from 1 to 65535 where it names one, and no user info",
                        "config.toml:20:19 callback.endpoints[4].max_in_flight must be at least callback.workers (3), so"
                                + " that each worker may send, was 2");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[callback.endpoints]\\nname = 'a'     | config.toml:3:1 | a table",
                "[callback]\\nendpoints = 3            | config.toml:4:13 | 3",
            })
    void endpoints_are_an_array_of_tables(String text, String place, String was) {
        String top = text.startsWith("[callback]") ? "\n\n" : ConfigFile.MINIMAL;
        assertThat(file(top + text.replace("\\n", "\n") + "\n")
                        .environment("CALLBACK_URL", "http://h/x")
                        .problems())
                .containsExactly(
                        place + " callback.endpoints must be an array of tables, [[callback.endpoints]], was " + was);
    }

    @Test
    void an_inline_array_is_read_alike_and_an_element_that_is_no_table_has_its_place() {
        assertThat(file("[callback]\nendpoints = [{name = 'a', url = 'http://h/x', timeout = 4}]\n")
                        .config()
                        .endpoints())
                .singleElement()
                .extracting(Endpoint::timeout)
                .isEqualTo(Duration.ofSeconds(4));
        assertThat(file("[callback]\nendpoints = [{name = 'a', url = 'http://h/x'}, 3]\n")
                        .problems())
                .containsExactly("config.toml:2:48 callback.endpoints must be an array of tables,"
                        + " [[callback.endpoints]], was 3");
    }

    @Test
    void what_most_likely_is_not_meant_is_warned_of() {
        String text = ConfigFile.MINIMAL + "api_key = 'geheim'\nretry_max = 3\nretry_schedule = [5]\n" + BILLING
                + "tls_insecure_skip_verify = true\nretry_schedule = [5]\nretry_interval = 5\n";
        assertThat(file(text).warnings())
                .containsExactly(
                        "config.toml:4:13 callback.retry_max does nothing beside callback.retry_schedule",
                        "config.toml:11:18 callback.endpoints.billing.retry_interval does nothing beside"
                                + " callback.endpoints.billing.retry_schedule",
                        "config.toml:9:28 callback.endpoints.billing.tls_insecure_skip_verify = true: the receiver's"
                                + " certificate is not checked, anybody on the way can read and answer; for a lab only",
                        "config.toml:6:1 callback.endpoints.billing is sent callback.api_key, as 127.0.0.1 is; give it"
                                + " an api_key of its own, or move that one into a table named \"default\"");
        assertThat(file(BILLING + "enabled = false\n").warnings())
                .singleElement()
                .asString()
                .startsWith("every endpoint has enabled = false");
        assertThat(file(ConfigFile.MINIMAL + BILLING + "enabled = false\n").warnings())
                .isEmpty();
    }

    @Test
    void each_endpoint_is_parked_probed_and_limited_as_it_says_or_as_the_top_says() {
        List<Endpoint> endpoints = file("[callback]\npark_after_failures = 20\nprobe_interval = 2\n" + BILLING
                        + "park_after_failures = 5\nprobe_interval_max = 60\nrate_limit = 100\n"
                        + "[[callback.endpoints]]\nname = 'other'\nurl = 'http://o/x'\n")
                .config()
                .endpoints();

        assertThat(endpoints)
                .extracting(Endpoint::flow)
                .containsExactly(
                        new FlowSettings(5, Duration.ofSeconds(2), Duration.ofSeconds(60), 100),
                        new FlowSettings(20, Duration.ofSeconds(2), Duration.ofSeconds(300), 0));
    }
}
