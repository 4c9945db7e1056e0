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
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code [[callback.endpoints]]}: what it comes to, and every way to get it wrong. */
class ConfigEndpointsTest {

    private static final String BILLING = "[[callback.endpoints]]\nname = 'billing'\nurl = 'http://b/x'\n";

    @TempDir
    Path directory;

    private ConfigFile file(String text) {
        return new ConfigFile(directory, text);
    }

    private Endpoint only(String text) {
        List<Endpoint> endpoints = file(text).config().endpoints();
        assertThat(endpoints).hasSize(1);
        return endpoints.get(0);
    }

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

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Type",
                "content-length",
                "HOST",
                "User-Agent",
                "webhook-id",
                "Webhook-Signature",
                "CloudLand-Anything",
                "X-PS-API-Key",
                "ce-id",
                "Transfer-Encoding",
                "Connection",
                "Proxy-Authorization",
            })
    void a_header_of_ours_is_refused(String name) {
        assertThat(file(BILLING + "[callback.endpoints.headers]\n" + name + " = 'geheim'\n")
                        .problems())
                .containsExactly("config.toml:5:" + (name.length() + 4) + " callback.endpoints.billing.headers." + name
                        + " is a header that the service sets itself, or that belongs to the connection; leave it out");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "a:b", "ä", "a\\nb", "(x)"})
    void a_header_has_a_name_that_http_allows(String name) {
        assertThat(file(BILLING + "[callback.endpoints.headers]\n\"" + name + "\" = 'geheim'\n")
                        .problems())
                .singleElement()
                .asString()
                .contains(" must be named by letters, digits, ")
                .doesNotContain("geheim");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"geheim\\r\\nX: y\"", "\" geheim\"", "\"\"", "\"ü\"", "77665544", "[\"geheim\"]"})
    void a_header_has_a_value_that_fits_on_its_line_and_is_never_shown(String value) {
        assertThat(file(BILLING + "[callback.endpoints.headers]\nX-A = " + value + "\n")
                        .problems())
                .containsExactly("config.toml:5:7 callback.endpoints.billing.headers.X-A must be visible ASCII"
                        + " characters, blanks between them at most, was ***");
    }

    @Test
    void a_header_twice_in_two_spellings_is_refused() {
        assertThat(file(BILLING + "headers = {X-A = 'a', x-a = 'b'}\n").problems())
                .containsExactly("config.toml:4:29 callback.endpoints.billing.headers.x-a is the same header as"
                        + " \"X-A\"; leave one");
    }

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
    void a_key_comes_from_a_file_of_its_own() throws Exception {
        Path key = Files.writeString(directory.resolve("key"), "geheim\n");
        ConfigFile file = file(BILLING + "api_key_file = '" + key + "'\n");
        assertThat(file.config().endpoints().get(0).apiKey()).contains(new Secret("geheim"));
        assertThat(file.report())
                .contains("callback.endpoints.billing.api_key = \"***\"  # config.toml:4")
                .doesNotContain("geheim");
    }

    @Test
    void a_key_in_two_places_or_in_no_readable_file_is_refused() {
        assertThat(file(BILLING + "api_key_file = '/nowhere/key'\n").problems())
                .containsExactly("config.toml:4:16 callback.endpoints.billing.api_key_file must be a file with the key,"
                        + " was \"/nowhere/key\", which cannot be read: there is no such file");
        assertThat(file(BILLING + "api_key_file = '/nowhere/key'\napi_key = 'geheim'\n")
                        .problems())
                .containsExactly("config.toml:4:16 callback.endpoints.billing.api_key_file is set twice, by api_key and"
                        + " by api_key_file; leave one");
    }

    @Test
    void a_host_adds_endpoints_and_changes_those_of_the_file_by_name() {
        JsonArray endpoints = new JsonArray()
                .add(new JsonObject().put("name", "billing").put("timeout", 4))
                .add(new JsonObject()
                        .put("name", "more")
                        .put("url", "http://m/x")
                        .put("filter", new JsonObject().put("status", new JsonArray().add("error"))));
        List<Endpoint> all = file(BILLING)
                .host(new JsonObject().put("callback", new JsonObject().put("endpoints", endpoints)))
                .config()
                .endpoints();
        assertThat(all).extracting(Endpoint::name).containsExactly("billing", "more");
        assertThat(all.get(0).timeout()).isEqualTo(Duration.ofSeconds(4));
        assertThat(all.get(0).url()).hasToString("http://b/x");
        assertThat(all.get(1).filter().status().wanted()).containsExactly("error");
    }

    @Test
    void a_problem_of_a_host_s_endpoint_names_the_host() {
        JsonArray endpoints =
                new JsonArray().add(new JsonObject().put("name", "x").put("timout", 1));
        assertThat(file(ConfigFile.MINIMAL)
                        .host(new JsonObject().put("callback", new JsonObject().put("endpoints", endpoints)))
                        .problems())
                .containsExactly(
                        "deployment options callback.endpoints.x.timout is not an option; did you mean"
                                + " callback.endpoints.x.timeout?",
                        "deployment options callback.endpoints.x.url is required: an absolute http or https address with"
                                + " a host, a port from 1 to 65535 where it names one, and no user info");
    }

    @Test
    void system_properties_change_an_endpoint_and_the_environment_cannot() {
        Endpoint billing = file(BILLING)
                .property("callback.endpoints.billing.retry_schedule", "1, 2")
                .property("callback.endpoints.billing.retry_jitter", "0.25")
                .property("callback.endpoints.billing.filter.status", "error,!pending")
                .environment("CALLBACK_ENDPOINTS_BILLING_TIMEOUT", "1")
                .config()
                .endpoints()
                .get(0);
        assertThat(billing.retries().schedule()).containsExactly(Duration.ofSeconds(1), Duration.ofSeconds(2));
        assertThat(billing.retries().jitter()).isEqualTo(0.25);
        assertThat(billing.filter().status()).isEqualTo(new Choice<>(Set.of("error"), Set.of("pending")));
        assertThat(billing.timeout()).isEqualTo(Duration.ofSeconds(30));
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

    @Test
    void the_report_tells_for_each_endpoint_what_is_in_effect_and_where_it_comes_from() {
        String text = "[callback]\ntimeout = 7\n" + BILLING
                + "retry_max = 1\nheaders = {X-A = 'geheim'}\nfilter = {transition = ['!a -> b', '* → c']}\n";
        String report = file(text)
                .property("callback.endpoints.billing.retry_interval", "9")
                .report();
        assertThat(report.lines().filter(line -> line.startsWith("callback.endpoints")))
                .containsExactly(
                        "callback.endpoints.billing.url = \"http://b/x\"  # config.toml:5",
                        "callback.endpoints.billing.format = \"resource-change\"  # default",
                        "callback.endpoints.billing.timeout = 7  # config.toml:2",
                        "callback.endpoints.billing.retry_max = 1  # config.toml:6",
                        "callback.endpoints.billing.retry_interval = 9  # system property"
                                + " callback.endpoints.billing.retry_interval",
                        "callback.endpoints.billing.retry_backoff = \"fixed\"  # default",
                        "callback.endpoints.billing.retry_interval_max = 3600  # default",
                        "callback.endpoints.billing.retry_jitter = 0.0  # default",
                        "callback.endpoints.billing.retry_statuses = \"specification\"  # default",
                        "callback.endpoints.billing.max_in_flight = 64  # default",
                        "callback.endpoints.billing.tls_insecure_skip_verify = false  # default",
                        "callback.endpoints.billing.tls_min_version = \"1.2\"  # default",
                        "callback.endpoints.billing.http_version = \"1.1\"  # default",
                        "callback.endpoints.billing.address_policy = \"no-link-local\"  # default",
                        "callback.endpoints.billing.park_after_failures = 0  # default",
                        "callback.endpoints.billing.probe_interval = 10  # default",
                        "callback.endpoints.billing.probe_interval_max = 300  # default",
                        "callback.endpoints.billing.rate_limit = 0  # default",
                        "callback.endpoints.billing.order = \"resource\"  # default",
                        "callback.endpoints.billing.coalesce = false  # default",
                        "callback.endpoints.billing.handshake = false  # default",
                        "callback.endpoints.billing.handshake_origin = \"cloudland-callback\"  # default",
                        "callback.endpoints.billing.filter.transition = [\"* -> c\", \"!a -> b\"]  # config.toml:8",
                        "callback.endpoints.billing.headers.X-A = \"***\"  # config.toml:7");
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
