package io.cloudland.callback.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudland.callback.model.Endpoint;
import io.cloudland.callback.model.HandshakeSettings;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code handshake} and {@code handshake_origin}. */
class HandshakeConfigTest {

    @TempDir
    Path directory;

    @Test
    void nobody_is_asked_by_default_and_each_endpoint_as_it_says_or_as_the_top_says() {
        String text = "[callback]\nurl = 'http://d/x'\nrate_limit = 2\nhandshake_origin = 'cloud.example'\n"
                + "[[callback.endpoints]]\nname = 'asked'\nurl = 'http://a/x'\nhandshake = true\n"
                + "[[callback.endpoints]]\nname = 'named'\nurl = 'http://n/x'\nhandshake = true\nrate_limit = 0\n"
                + "handshake_origin = 'callback.cloud.example'\n";
        assertThat(new ConfigFile(directory, text).config().endpoints())
                .extracting(Endpoint::flow)
                .extracting(flow -> flow.handshake())
                .containsExactly(
                        Optional.empty(),
                        Optional.of(new HandshakeSettings("cloud.example", 120)),
                        Optional.of(new HandshakeSettings("callback.cloud.example", 0)));
    }

    @Test
    void who_asks_has_a_name_by_default() {
        assertThat(new ConfigFile(directory, ConfigFile.MINIMAL + "handshake = true\n")
                        .config()
                        .endpoints()
                        .get(0)
                        .flow()
                        .handshake())
                .contains(new HandshakeSettings("cloudland-callback", 0));
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://cloud.example", "*", "cloud example", "", "10.0.0.1"})
    void an_origin_is_a_name_and_nothing_else(String origin) {
        assertThat(new ConfigFile(directory, ConfigFile.MINIMAL + "handshake_origin = '" + origin + "'\n").problems())
                .singleElement()
                .asString()
                .contains("callback.handshake_origin must be a name such as");
    }
}
