package io.cloudland.callback.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.tomlj.Toml;

/** TOML becomes JSON without loss. */
class TomlJsonTest {

    private static JsonObject json(String toml) {
        TomlText text = TomlText.parse(toml.getBytes(StandardCharsets.UTF_8));
        assertThat(text.errors()).isEmpty();
        return TomlJson.object(text.table());
    }

    @Property
    void any_long_stays_exact(@ForAll long value) {
        JsonObject json = json("n = " + value + "\na = [" + value + "]\nt = { n = " + value + " }\n");
        assertThat(json.getValue("n")).isEqualTo(value);
        assertThat(new JsonObject(json.encode()).getLong("n")).isEqualTo(value);
        assertThat(json.getJsonArray("a").getLong(0)).isEqualTo(value);
        assertThat(json.getJsonObject("t").getLong("n")).isEqualTo(value);
    }

    @Property(tries = 300)
    void any_text_stays_exact(@ForAll String value) {
        String text = new String(value.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
        assertThat(json("s = \"" + Toml.tomlEscape(text) + "\"").getString("s")).isEqualTo(text);
    }

    @Test
    void nineteen_digits_stay_exact() {
        assertThat(json("a = 9223372036854775807\nb = -9223372036854775808\nc = 0xff\nd = 1_000")
                        .getMap())
                .containsExactly(
                        java.util.Map.entry("a", Long.MAX_VALUE),
                        java.util.Map.entry("b", Long.MIN_VALUE),
                        java.util.Map.entry("c", 255L),
                        java.util.Map.entry("d", 1000L));
    }

    @Test
    void tables_arrays_and_floats_keep_their_shape() {
        JsonObject json =
                json("x = 1.5\n[a.b]\nc = [1, 'two', { three = 3 }]\n[[d]]\ne = true\n[[d]]\n\"f.g\" = 'h'\n");
        assertThat(json)
                .isEqualTo(new JsonObject()
                        .put("x", 1.5d)
                        .put(
                                "a",
                                new JsonObject()
                                        .put(
                                                "b",
                                                new JsonObject()
                                                        .put(
                                                                "c",
                                                                JsonArray.of(
                                                                        1L, "two", new JsonObject().put("three", 3L)))))
                        .put(
                                "d",
                                new JsonArray(
                                        List.of(new JsonObject().put("e", true), new JsonObject().put("f.g", "h")))));
        assertThat(json.getValue("x")).isInstanceOf(Double.class);
    }

    @Test
    void dates_and_times_become_iso_strings() {
        assertThat(json("a = 1979-05-27T07:32:00Z\nb = 1979-05-27T00:32:00.999999-07:00\nc = 1979-05-27T07:32:00\n"
                                + "d = 1979-05-27\ne = 07:32:00\nf = 1979-05-27 07:32:00.5")
                        .getMap()
                        .values())
                .containsExactly(
                        "1979-05-27T07:32:00Z",
                        "1979-05-27T00:32:00.999999-07:00",
                        "1979-05-27T07:32:00",
                        "1979-05-27",
                        "07:32:00",
                        "1979-05-27T07:32:00.5");
    }

    @Test
    void an_empty_text_is_an_empty_object() {
        assertThat(json("")).isEqualTo(new JsonObject());
        assertThat(json("\uFEFF# nothing\r\n")).isEqualTo(new JsonObject());
    }
}
