package io.cloudland.callback.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudland.callback.model.Ordering;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code order}. */
class OrderConfigTest {

    @TempDir
    Path directory;

    @Test
    void each_resource_is_in_order_by_default_and_each_endpoint_says_so_or_what_the_top_says_holds() {
        String text = "[callback]\nurl = 'http://d/x'\norder = 'none'\n"
                + "[[callback.endpoints]]\nname = 'sorting'\nurl = 'http://a/x'\n"
                + "[[callback.endpoints]]\nname = 'plain'\nurl = 'http://n/x'\norder = 'resource'\n";
        assertThat(new ConfigFile(directory, text).config().endpoints())
                .extracting(endpoint -> endpoint.flow().ordering())
                .containsExactly(Ordering.NONE, Ordering.NONE, Ordering.RESOURCE);
        assertThat(new ConfigFile(directory, ConfigFile.MINIMAL).config().endpoints())
                .extracting(endpoint -> endpoint.flow().ordering())
                .containsExactly(Ordering.RESOURCE);
    }

    @Test
    void another_order_is_none_that_there_is() {
        assertThat(new ConfigFile(directory, ConfigFile.MINIMAL + "order = 'strict'\n").problems())
                .singleElement()
                .asString()
                .contains("callback.order must be one of \"resource\", \"none\", was \"strict\"");
    }
}
