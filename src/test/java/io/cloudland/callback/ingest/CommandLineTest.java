package io.cloudland.callback.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.Json;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CommandLineTest {

    @TestFactory
    Stream<DynamicTest> every_real_line_is_decoded_as_a_sound_decoder_does() throws IOException {
        return realLines()
                .map(row -> DynamicTest.dynamicTest(row[0], () -> {
                    String line = (String) Json.decodeValue(row[0]);
                    JsonObject sound = new JsonObject(row[2].equals("differs") ? row[3] : row[1]);

                    CommandLine decoded = CommandLine.decode(line);

                    assertThat(decoded.name()).isEqualTo(sound.getString("cmd"));
                    assertThat(decoded.args())
                            .isEqualTo(sound.getJsonArray("args").getList());
                    assertThat(CommandLine.nameOf(line)).isEqualTo(decoded.name());
                }));
    }

    private static Stream<String[]> realLines() throws IOException {
        try (InputStream file = CommandLineTest.class.getResourceAsStream("/cloudland/command-lines.tsv")) {
            String text = new String(file.readAllBytes(), StandardCharsets.UTF_8);
            return text.lines().filter(line -> !line.startsWith("#")).map(line -> line.split("\t", -1));
        }
    }

    @Test
    void a_line_that_was_cut_off_keeps_what_came() {
        assertThat(CommandLine.decode("launch_vm.sh '127' 'run").args()).containsExactly("launch_vm.sh", "127", "run");
        assertThat(CommandLine.decode("launch_vm.sh '").args()).containsExactly("launch_vm.sh", "");
    }

    @Test
    void white_space_around_the_line_means_nothing() {
        CommandLine decoded = CommandLine.decode(" \t/a/b/launch_vm.sh '127' \n");
        assertThat(decoded.name()).isEqualTo("launch_vm");
        assertThat(decoded.args()).containsExactly("/a/b/launch_vm.sh", "127");
    }

    @Test
    void an_argument_holds_newlines_and_unicode_blanks() {
        assertThat(CommandLine.decode("x 'one\ntwo\u3000three' four\u3000five").args())
                .containsExactly("x", "one\ntwo\u3000three' four\u3000five");
        assertThat(CommandLine.decode("x 'one\ntwo' 'three'").args()).containsExactly("x", "one\ntwo", "three");
    }

    @Test
    void a_here_document_is_dropped_wherever_it_begins() {
        assertThat(CommandLine.decode("x <<EOF\n'a'\nEOF\n").args()).containsExactly("x");
        assertThat(CommandLine.decode("x 1 2 <<EOF\n'a'\nEOF\n").args()).containsExactly("x", "1", "2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\n", "/opt/", ".sh", "/opt/.sh '1'"})
    void a_line_without_a_name_has_an_empty_name(String line) {
        assertThat(CommandLine.nameOf(line)).isEmpty();
        assertThat(CommandLine.decode(line).name()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"'", "' ", "' ' ", " '", "'' x", "x ' <", "\n", "/", "<"})
    void a_megabyte_of_hostile_text_takes_linear_time(String piece) {
        String hostile = "x '" + piece.repeat((1 << 20) / piece.length());
        // Linear decoding takes milliseconds here; quadratic decoding would take hours.
        Assertions.assertTimeoutPreemptively(Duration.ofSeconds(10), () -> CommandLine.decode(hostile));
        Assertions.assertTimeoutPreemptively(Duration.ofSeconds(10), () -> CommandLine.decode(piece + hostile));
    }
}
