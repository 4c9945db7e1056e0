package io.cloudland.callback.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cloudland.callback.error.CallbackException;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TargetTest {

    @ParameterizedTest
    @CsvSource({
        "http://h,                   h, 80,   false, /",
        "https://h,                  h, 443,  true,  /",
        "HTTPS://h:8443/,            h, 8443, true,  /",
        "http://h:,                  h, 80,   false, /",
        "http://h?a=1,               h, 80,   false, /?a=1",
        "http://h/a%2Fb//c?d=%20&e#f, h, 80,  false, /a%2Fb//c?d=%20&e",
        "http://u:p@h/x,             h, 80,   false, /x",
        "http://my_host:81/x,        my_host, 81, false, /x",
        "http://[::1]:81/x,          [::1], 81, false, /x",
        "http://[::1]/x,             [::1], 80, false, /x",
    })
    void a_url_is_taken_apart_and_path_and_query_stay_as_written(
            String url, String host, int port, boolean tls, String uri) {
        assertThat(Target.of(Deliveries.endpoint(url))).isEqualTo(new Target(host, port, tls, uri, Optional.empty()));
    }

    @ParameterizedTest
    @CsvSource({
        "http://h/路径?x=ü,         /%E8%B7%AF%E5%BE%84?x=%C3%BC",
        "http://my_host/%2f/路?a=%20, /%2f/%E8%B7%AF?a=%20",
    })
    void what_is_not_ascii_in_path_and_query_is_percent_encoded(String url, String uri) {
        assertThat(Target.of(Deliveries.endpoint(url)).requestUri()).isEqualTo(uri);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ftp://h/", "/path", "http:///path", "http://h:abc/", "mailto:a@b"})
    void what_is_no_http_url_is_refused(String url) {
        assertThatThrownBy(() -> Target.of(Deliveries.endpoint(url)))
                .isInstanceOf(CallbackException.class)
                .hasMessageContaining("endpoint 'default'");
    }
}
