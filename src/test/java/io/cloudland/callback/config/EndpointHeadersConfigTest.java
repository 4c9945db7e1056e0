package io.cloudland.callback.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The headers that an endpoint is sent besides ours. */
class EndpointHeadersConfigTest extends ConfigInAFile {

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
}
