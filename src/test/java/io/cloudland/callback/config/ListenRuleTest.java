package io.cloudland.callback.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ListenRuleTest {

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1:7000", "127.1.2.3:1", "[::1]:65535", "unix:/run/callback/c.sock", "unix:c.sock"})
    void loopback_and_sockets_are_taken(String listen) {
        assertThat(ListenRule.rule().read(listen)).contains(listen);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0.0.0.0:7000",
                "10.0.0.1:7000",
                "[::]:7000",
                "localhost:7000",
                "127.0.0.1",
                "127.0.0.1:0",
                "127.0.0.1:65536",
                "127.0.0.1:7000.example.com:1",
                "127.0.0.256:1",
                ":7000",
                "unix:",
                "unix:off",
                "off"
            })
    void everything_else_is_a_problem(String listen) {
        assertThat(ListenRule.rule().read(listen)).isEmpty();
    }
}
