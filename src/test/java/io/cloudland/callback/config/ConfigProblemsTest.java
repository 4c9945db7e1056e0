package io.cloudland.callback.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every problem is told at once, each with its place, and none tells a secret. */
class ConfigProblemsTest {

    @TempDir
    Path directory;

    private ConfigFile file(String text) {
        return new ConfigFile(directory, text);
    }

    private ConfigFile below(String lines) {
        return file(ConfigFile.MINIMAL + lines);
    }

    @Test
    void all_problems_of_all_sources_are_told_at_once_in_order() {
        ConfigFile file = file("""
                        # one
                        [callback]
                          workers = "three"
                        retry_maxx = 3
                        timeout =    30.5
                        store = 7
                        [callback.lookup]
                        type = "postgresql"
                        [callback.commands.snap]
                        id_arg = 0
                        [callback.lokup]
                        a = 1
                        b = 2
                        """)
                .environment("CALLBACK_WORKERS", "many")
                .environment("CALLBACK_TIMEOUT", "30s")
                .property("callback.prefix", "a b")
                .host(new JsonObject()
                        .put("callback", new JsonObject().put("queue_size", "3").put("store", new JsonArray())));
        assertThat(file.problems())
                .containsExactly(
                        "config.toml callback.url is required: an absolute http or https address with a host, a port"
                                + " from 1 to 65535 where it names one, and no user info; set it in the file or as"
                                + " CALLBACK_URL",
                        "config.toml callback.lookup.uri is required for callback.lookup.type = \"postgresql\":"
                                + " postgresql://user@host:port/database with no password inside (use"
                                + " callback.lookup.password); set it in the file or as CALLBACK_LOOKUP_URI",
                        "config.toml:3:13 callback.workers must be a whole number from 1 to 256, was \"three\"",
                        "config.toml:4:1 callback.retry_maxx is not an option; did you mean callback.retry_max?",
                        "config.toml:5:14 callback.timeout must be a whole number of seconds from 1 to 3600, was 30.5",
                        "config.toml:6:9 callback.store must be a table, [callback.store], was 7",
                        "config.toml:9:1 callback.commands.snap.resource_type is required: one of \"instance\","
                                + " \"volume\", \"image\", \"interface\", \"floating_ip\", \"router\", \"subnet\","
                                + " \"security_group\", \"hyper\"",
                        "config.toml:9:1 callback.commands.snap.action is required: one of \"created\","
                                + " \"state_changed\", \"deleted\", \"migrated\", \"attached\", \"detached\","
                                + " \"resized\", \"captured\"",
                        "config.toml:10:10 callback.commands.snap.id_arg must be a whole number from 1 to 1000, was 0",
                        "config.toml:11:1 callback.lokup is not an option; did you mean callback.lookup?",
                        "environment CALLBACK_WORKERS callback.workers must be a whole number from 1 to 256, was"
                                + " \"many\"",
                        "environment CALLBACK_TIMEOUT callback.timeout must be a whole number of seconds from 1 to"
                                + " 3600, was \"30s\"",
                        "system property callback.prefix must be letters, digits, \"-\", \"_\" and"
                                + " \".\", was \"a b\"",
                        "deployment options callback.store must be a table, [callback.store], was an array",
                        "deployment options callback.queue_size must be a whole number from 1 to 100000000, was \"3\"");
    }

    @ParameterizedTest
    @CsvSource({
        "wrokers, did you mean callback.workers?",
        "retryMax, did you mean callback.retry_max?",
        "retry-interval, did you mean callback.retry_interval?",
        "URL, did you mean callback.url?",
        "uri, did you mean callback.url?",
        "max_dead_letters, did you mean callback.store.max_dead_letters?",
        "lookups, did you mean callback.lookup?",
        "store.typ, did you mean callback.store.type?",
        "store.colour, 'there are type, path, sync, max_bytes, uri, password, schema, pool_size, timeout, poll_interval, wait_when_away, node, lease, max_dead_letters, dead_letter_max_age, dead_letter_max_bytes, log_max_age, log_max_bytes'",
        "store.max_byte, did you mean callback.store.max_bytes?",
        "commands.x.status, did you mean callback.commands.x.status_arg?",
        "interval, did you mean callback.retry_interval?",
        "timeout_seconds, did you mean callback.timeout?",
        "ingest.colour, 'there are address, dedup_window, tcp, http'",
    })
    void an_unknown_key_names_the_nearest_or_what_there_is(String key, String advice) {
        assertThat(below(key + " = 1\n").problems())
                .contains("config.toml:3:1 callback." + key + " is not an option; " + advice);
    }

    @Test
    void an_unknown_key_far_from_all_lists_what_its_table_holds() {
        assertThat(below("\"x.y\" = 1\n").problems())
                .singleElement()
                .asString()
                .startsWith("config.toml:3:1 callback.\"x.y\" is not an option; there are enabled, url, workers,")
                .endsWith(" store, lookup, ingest, admin, commands, endpoints");
    }

    @Test
    void a_slip_in_the_name_of_the_table_is_seen() {
        assertThat(file("[calback]\nurl = 'http://h/x'\n").problems())
                .hasSize(2)
                .contains("config.toml:1:1 calback is not an option; did you mean callback?");
    }

    @Test
    void a_table_that_only_looks_like_ours_is_no_problem_where_nothing_is_missing() {
        ConfigFile file = file("[callbacks]\nx = 1\n").environment("CALLBACK_URL", "http://h/x");
        assertThat(file.warnings())
                .containsExactly("config.toml:1:1 callbacks is not an option; did you mean callback?");
    }

    @Test
    void an_array_of_tables_is_no_table() {
        assertThat(below("[[callback.lookup]]\ntype = 'message'\n").problems())
                .containsExactly("config.toml:3:1 callback.lookup must be a table, [callback.lookup], was an array");
    }

    @Test
    void syntax_errors_are_told_all_at_once_and_alone() {
        assertThat(file("[callback]\nurl = \nworkers = 30s\n[x\nworkers = 'x\nworkerz = 3\n")
                        .problems())
                .containsExactly(
                        "config.toml:2:7 Unexpected end of line, expected a value",
                        "config.toml:3:13 Unexpected text, expected a newline or end-of-input",
                        "config.toml:4:3 Unexpected end of line, expected ]",
                        "config.toml:5:13 Unexpected end of line, expected '");
    }

    @Test
    void a_duplicate_key_is_a_problem_with_both_places() {
        assertThat(below("workers = 3\nworkers = 4\n").problems())
                .containsExactly("config.toml:4:1 workers previously defined at line 3, column 1");
    }

    @Test
    void what_is_not_utf_8_is_a_problem_with_its_place() throws IOException {
        ConfigFile file = file("");
        Files.write(file.path(), new byte[] {'a', '=', '1', '\n', 'b', '=', (byte) 0xE9, '\n'});
        assertThat(file.problems()).containsExactly("config.toml:2:3 Not UTF-8; save the file with that encoding");
    }

    @Test
    void a_missing_file_is_a_problem_that_says_what_to_do() throws IOException {
        ConfigFile file = file("").environment("CALLBACK_WORKERS", "x");
        Files.delete(file.path());
        assertThat(file.problems())
                .containsExactly(
                        "config.toml cannot be read: there is no such file; make it readable, or name another file",
                        "environment CALLBACK_WORKERS callback.workers must be a whole number from 1 to 256, was \"x\"");
    }

    @Test
    void a_directory_is_no_file() {
        assertThatThrownBy(() -> ConfigLoader.load(Optional.of(directory), Map.of(), Map.of(), new JsonObject()))
                .hasMessageContaining("cannot be read: it is a directory");
    }

    @Test
    void the_url_is_required_even_when_disabled() {
        assertThatThrownBy(() -> ConfigLoader.load(
                        Optional.empty(), Map.of("CALLBACK_ENABLED", "false"), Map.of(), new JsonObject()))
                .hasMessageStartingWith("CB-1401 CONFIG_INVALID: the configuration has 1 problem\nconfiguration"
                        + " callback.url is required even with callback.enabled = false: an absolute http");
    }

    @Test
    void every_worker_needs_a_share_of_the_attempts_in_flight() {
        assertThat(file(ConfigFile.MINIMAL)
                        .environment("CALLBACK_WORKERS", "8")
                        .environment("CALLBACK_MAX_IN_FLIGHT", "7")
                        .problems())
                .containsExactly("environment CALLBACK_MAX_IN_FLIGHT callback.max_in_flight must be at least"
                        + " callback.workers (8), so that each worker may send, was 7");
        assertThat(file(ConfigFile.MINIMAL)
                        .environment("CALLBACK_WORKERS", "65")
                        .problems())
                .containsExactly("environment CALLBACK_WORKERS callback.workers must be at most callback.max_in_flight"
                        + " (64), so that each may send, was 65");
    }

    @Test
    void a_secret_file_that_cannot_be_read_is_a_problem() {
        assertThat(file(ConfigFile.MINIMAL)
                        .environment("CALLBACK_API_KEY_FILE", "/nowhere/key")
                        .problems())
                .containsExactly("environment CALLBACK_API_KEY_FILE callback.api_key must be in the file"
                        + " \"/nowhere/key\", which cannot be read: there is no such file");
    }

    @Test
    void a_secret_set_twice_in_the_environment_is_a_problem() {
        assertThat(file(ConfigFile.MINIMAL)
                        .environment("CALLBACK_API_KEY_FILE", "/nowhere/key")
                        .environment("CALLBACK_API_KEY", "geheim")
                        .problems())
                .containsExactly("environment CALLBACK_API_KEY_FILE callback.api_key is set twice, by the variable with"
                        + " and without _FILE; leave one");
    }

    @Test
    void a_value_that_is_overridden_must_still_be_right() {
        assertThat(below("workers = 0\n").environment("CALLBACK_WORKERS", "3").problems())
                .hasSize(1);
    }

    @Test
    void a_long_value_is_cut() {
        assertThat(below("format = \"" + "x".repeat(5000) + "\"\n").problems())
                .singleElement()
                .asString()
                .hasSizeLessThan(250);
    }
}
