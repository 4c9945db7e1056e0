package io.cloudland.callback.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudland.callback.model.Ordering;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code order} and {@code coalesce}. */
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
    void nothing_is_coalesced_by_default_and_each_endpoint_says_so_or_what_the_top_says_holds() {
        String text = "[callback]\nurl = 'http://d/x'\ncoalesce = true\n"
                + "[[callback.endpoints]]\nname = 'newest'\nurl = 'http://a/x'\n"
                + "[[callback.endpoints]]\nname = 'all'\nurl = 'http://n/x'\ncoalesce = false\n"
                + "[[callback.endpoints]]\nname = 'any'\nurl = 'http://n/x'\ncoalesce = false\norder = 'none'\n";
        assertThat(new ConfigFile(directory, text).config().endpoints())
                .extracting(endpoint -> endpoint.flow().ordering())
                .containsExactly(Ordering.NEWEST, Ordering.NEWEST, Ordering.RESOURCE, Ordering.NONE);
    }

    @Test
    void without_order_nothing_can_be_coalesced_and_who_says_both_is_told_where() {
        String text = "[callback]\nurl = 'http://d/x'\ncoalesce = true\norder = 'none'\n"
                + "[[callback.endpoints]]\nname = 'inherits'\nurl = 'http://a/x'\n";
        assertThat(new ConfigFile(directory, text).problems())
                .containsExactly(
                        "config.toml:3:12 callback.coalesce does not go with order = \"none\": where events of one"
                                + " resource do not wait for each other, none can stand for others; set coalesce = false or"
                                + " order = \"resource\" here");

        String ofTable = "[callback]\nurl = 'http://d/x'\ncoalesce = true\n"
                + "[[callback.endpoints]]\nname = 'sorting'\nurl = 'http://a/x'\norder = 'none'\n";
        assertThat(new ConfigFile(directory, ofTable).problems())
                .singleElement()
                .asString()
                .startsWith("config.toml:7:9 callback.endpoints.sorting.order does not go with coalesce = true:");
    }

    @Test
    void another_order_is_none_that_there_is() {
        assertThat(new ConfigFile(directory, ConfigFile.MINIMAL + "order = 'strict'\n").problems())
                .singleElement()
                .asString()
                .contains("callback.order must be one of \"resource\", \"none\", was \"strict\"");
    }
}
