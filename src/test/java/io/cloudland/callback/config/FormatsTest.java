package io.cloudland.callback.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudland.callback.http.PayloadFormats;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The configuration and the payload formats there are agree. */
class FormatsTest {

    @TempDir
    Path directory;

    private ConfigFile naming(String format) {
        return new ConfigFile(directory, ConfigFile.MINIMAL + "format = \"" + format + "\"\n");
    }

    @Test
    void every_built_in_format_can_be_configured() {
        assertThat(PayloadFormats.builtIn().names())
                .allSatisfy(name -> assertThat(
                                naming(name).config().endpoints().get(0).format())
                        .isEqualTo(name));
    }

    @Test
    void the_rule_names_every_built_in_format() {
        assertThat(PayloadFormats.builtIn().names())
                .allSatisfy(name -> assertThat(Formats.RULE.text()).contains('"' + name + '"'));
    }

    @Test
    void an_unknown_format_is_refused_with_place_and_rule() {
        assertThat(naming("xml").problems())
                .containsExactly("config.toml:3:10 callback.format must be one of \"resource-change\", \"event\","
                        + " \"cloudevents\", \"cloudevents-binary\", \"cloudevents-batch\", was \"xml\"");
    }
}
