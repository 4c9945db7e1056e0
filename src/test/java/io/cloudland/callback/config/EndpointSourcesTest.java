package io.cloudland.callback.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudland.callback.model.Choice;
import io.cloudland.callback.model.Endpoint;
import io.cloudland.callback.model.Secret;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Endpoints that the host, properties, the environment and files of their own have a part in, and where that is told. */
class EndpointSourcesTest extends ConfigInAFile {

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
}
