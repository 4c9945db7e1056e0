package io.cloudland.callback.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.cloudland.callback.error.CallbackException;
import io.cloudland.callback.error.ErrorCode;
import io.cloudland.callback.model.CommandMessage;
import io.cloudland.callback.time.VirtualTimers;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class CommandDecoderTest {

    private final VirtualTimers time = new VirtualTimers();
    private final CommandDecoder decoder = new CommandDecoder(time);

    private CommandMessage decode(String json) {
        return decoder.decode(new JsonObject(json));
    }

    @Test
    void a_whole_command_line_is_decoded() {
        CommandMessage command = decode("{\"command\": \"/opt/launch_vm.sh '127' 'running'\"}");
        assertThat(command.name()).isEqualTo("launch_vm");
        assertThat(command.args()).containsExactly("/opt/launch_vm.sh", "127", "running");
        assertThat(command.id()).isEmpty();
        assertThat(command.failed()).isFalse();
        assertThat(command.snapshot()).isEmpty();
        assertThat(command.timestamp()).isEqualTo(time.now());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"command\": \"launch_vm\", \"args\": [\"launch_vm.sh\", \"127\", \"can't\"]}",
                "{\"command\": \"/opt/launch_vm.sh\", \"args\": [\"launch_vm.sh\", 127, \"can't\"]}",
                "{\"command\": \"launch_vm.sh\", \"args\": [127, \"can't\"]}",
                "{\"command\": \" launch_vm.sh \", \"args\": [\"127\", \"can't\"]}"
            })
    void args_beside_a_name_may_begin_with_the_command_or_not(String json) {
        CommandMessage command = decode(json);
        assertThat(command.name()).isEqualTo("launch_vm");
        assertThat(command.args()).containsExactly("launch_vm.sh", "127", "can't");
    }

    @Test
    void empty_args_leave_the_command_as_written() {
        assertThat(decode("{\"command\": \"a/clear_vm.sh\", \"args\": []}").args())
                .containsExactly("a/clear_vm.sh");
    }

    @ParameterizedTest
    @CsvSource({"'\"boom\"',true", "true,true", "'{}',true", "7,true", "false,false", "'\"\"',false", "null,false"})
    void a_set_error_means_the_command_failed(String error, boolean failed) {
        assertThat(decode("{\"command\": \"clear_vm '1'\", \"error\": " + error + "}")
                        .failed())
                .isEqualTo(failed);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2025-10-30T10:30:00Z",
                "2025-10-30T18:30:00+08:00",
                "2025-10-30T05:00:00.000-05:30",
                "2025-10-30t10:30:00z"
            })
    void a_timestamp_may_have_any_offset(String timestamp) {
        assertThat(decode("{\"command\": \"clear_vm '1'\", \"timestamp\": \"" + timestamp + "\"}")
                        .timestamp())
                .isEqualTo(Instant.parse("2025-10-30T10:30:00Z"));
    }

    @Test
    void an_id_is_no_longer_than_it_may_be() {
        String longest = "x".repeat(CommandDecoder.LONGEST_ID);
        assertThat(decode("{\"id\": \"" + longest + "\", \"command\": \"clear_vm '1'\"}")
                        .id())
                .contains(longest);
        assertThatThrownBy(() -> decode("{\"id\": \"" + longest + "x\", \"command\": \"clear_vm '1'\"}"))
                .isInstanceOfSatisfying(
                        CallbackException.class,
                        refused -> assertThat(refused.code()).isEqualTo(ErrorCode.INVALID_MESSAGE))
                .hasMessageEndingWith("id: expected at most 200 characters, got 201 characters");
    }

    @Test
    void id_and_resource_are_carried_over() {
        CommandMessage command =
                decode("{\"id\": 42, \"command\": \"clear_vm '1'\", \"resource\": {\"uuid\": \"u\"}, \"args\": null}");
        assertThat(command.id()).contains("42");
        assertThat(command.snapshot().orElseThrow()).containsEntry("uuid", "u");
        assertThat(decode("{\"id\": \"k\", \"command\": \"clear_vm '1'\"}").id())
                .contains("k");
        assertThat(decode("{\"id\": \"\", \"command\": \"clear_vm '1'\", \"resource\": null}")
                        .id())
                .isEmpty();
    }

    static Stream<Arguments> what_does_not_fit() {
        return Stream.of(
                Arguments.of("{}", ErrorCode.INVALID_MESSAGE, "command: expected", "got nothing"),
                Arguments.of("{\"command\": null}", ErrorCode.INVALID_MESSAGE, "command: expected", "got nothing"),
                Arguments.of("{\"command\": 7}", ErrorCode.INVALID_MESSAGE, "command: expected", "got a number"),
                Arguments.of(
                        "{\"command\": [\"launch_vm\"]}",
                        ErrorCode.INVALID_MESSAGE,
                        "command: expected",
                        "got a JSON array"),
                Arguments.of("{\"command\": \" \"}", ErrorCode.INVALID_COMMAND_LINE, "command: expected", "blank"),
                Arguments.of(
                        "{\"command\": \"/opt/\"}", ErrorCode.INVALID_COMMAND_LINE, "command: expected", "no name"),
                Arguments.of(
                        "{\"command\": \"x\", \"args\": \"1\"}",
                        ErrorCode.INVALID_MESSAGE,
                        "args: expected",
                        "a string"),
                Arguments.of(
                        "{\"command\": \"x\", \"args\": {}}",
                        ErrorCode.INVALID_MESSAGE,
                        "args: expected",
                        "a JSON object"),
                Arguments.of(
                        "{\"command\": \"x\", \"args\": [\"x\", \"1\", null]}",
                        ErrorCode.INVALID_MESSAGE,
                        "args[2]: expected",
                        "got nothing"),
                Arguments.of(
                        "{\"command\": \"x\", \"args\": [true]}",
                        ErrorCode.INVALID_MESSAGE,
                        "args[0]: expected",
                        "a boolean"),
                Arguments.of(
                        "{\"command\": \"x '1'\", \"args\": [\"1\"]}",
                        ErrorCode.INVALID_MESSAGE,
                        "command: expected a name alone",
                        "a whole command line"),
                Arguments.of(
                        "{\"command\": \"x\", \"resource\": []}",
                        ErrorCode.INVALID_MESSAGE,
                        "resource: expected",
                        "a JSON array"),
                Arguments.of(
                        "{\"command\": \"x\", \"id\": {}}", ErrorCode.INVALID_MESSAGE, "id: expected", "a JSON object"),
                Arguments.of(
                        "{\"command\": \"x\", \"timestamp\": 1761820200}",
                        ErrorCode.INVALID_MESSAGE,
                        "timestamp: expected an RFC 3339 time",
                        "a number"),
                Arguments.of(
                        "{\"command\": \"x\", \"timestamp\": \"2025-10-30 10:30\"}",
                        ErrorCode.INVALID_MESSAGE,
                        "timestamp: expected an RFC 3339 time",
                        "a string that is none"),
                Arguments.of(
                        "{\"command\": \"x\", \"timestamp\": \"+12025-10-30T10:30:00Z\"}",
                        ErrorCode.INVALID_MESSAGE,
                        "timestamp: expected an RFC 3339 time",
                        "a string that is none"));
    }

    @ParameterizedTest
    @MethodSource("what_does_not_fit")
    void what_does_not_fit_is_refused_by_field_expectation_and_kind(
            String json, ErrorCode code, String expected, String got) {
        CallbackException refusal = catchThrowableOfType(CallbackException.class, () -> decode(json));
        assertThat(refusal.code()).isEqualTo(code);
        assertThat(refusal).hasMessageContaining(expected).hasMessageContaining(got);
    }

    @Test
    void a_body_that_is_no_json_object_is_refused_without_repeating_it() {
        for (Object body : new Object[] {"secret", 7, new JsonArray().add("secret"), Buffer.buffer("secret"), null}) {
            CallbackException refusal = catchThrowableOfType(CallbackException.class, () -> decoder.nameOf(body));
            assertThat(refusal.code()).isEqualTo(ErrorCode.INVALID_MESSAGE);
            assertThat(refusal).hasMessageContaining("the body: expected a JSON object, got");
            assertThat(refusal.getMessage()).doesNotContain("secret");
        }
    }
}
