package io.cloudland.callback.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each rule, at its edges. */
class ConfigRulesTest {

    @TempDir
    Path directory;

    /** The key in its table, with a URL and all that a table needs so that nothing else is wrong. */
    private ConfigFile with(String key, String value) {
        String table = key.contains(".") ? key.substring(0, key.lastIndexOf('.')) : "";
        String line = key.substring(key.lastIndexOf('.') + 1) + " = " + value + "\n";
        String header = table.isEmpty() ? "" : "[callback." + table + "]\n";
        boolean lookup = table.equals("lookup") && !line.startsWith("type");
        String type = lookup ? "type = \"postgresql\"\n" : "";
        String uri = !lookup || line.startsWith("uri") ? "" : "uri = \"postgresql://u@h/d\"\n";
        String url = key.equals("url") ? "" : ConfigFile.URL_LINE;
        return new ConfigFile(directory, "[callback]\n" + url + header + type + uri + line);
    }

    @ParameterizedTest
    @CsvSource({
        "workers,                1,   256",
        "queue_size,             1,   100000000",
        "retry_max,              0,   1000000",
        "max_in_flight,          1,   10000",
        "store.max_dead_letters, 0,   10000000",
        "lookup.pool_size,       1,   100",
    })
    void whole_numbers_are_held_to_their_range(String key, long min, long max) {
        String rule = "callback." + key + " must be a whole number from " + min + " to " + max + ", was ";
        heldToRange(key, min, max, rule);
    }

    @ParameterizedTest
    @CsvSource({
        "timeout,               1, 3600",
        "store.dead_letter_max_age, 0, 315360000",
        "store.log_max_age,     0, 315360000",
        "retry_interval,        1, 86400",
        "shutdown_timeout,      1, 3600",
        "lookup.timeout,        1, 300",
        "lookup.retry_interval, 1, 3600",
        "ingest.dedup_window,   0, 2592000",
    })
    void durations_are_whole_seconds_in_their_range(String key, long min, long max) {
        String rule = "callback." + key + " must be a whole number of seconds from " + min + " to " + max + ", was ";
        heldToRange(key, min, max, rule);
        refused(key, "30.5", rule + "30.5");
        refused(key, "\"30s\"", rule + "\"30s\"");
        refused(key, "07:32:00", rule + "\"07:32:00\"");
    }

    @Test
    void the_size_of_the_store_is_in_bytes_and_held_to_its_range() {
        heldToRange(
                "store.max_bytes",
                67108864,
                1125899906842624L,
                "callback.store.max_bytes must be a whole number of bytes from 67108864 to 1125899906842624, was ");
    }

    private void heldToRange(String key, long min, long max, String rule) {
        assertThat(roomy(key, "" + min).load().report()).contains("callback." + key + " = " + min + " ");
        assertThat(roomy(key, "" + max).load().report()).contains("callback." + key + " = " + max + " ");
        refused(key, "" + (min - 1), rule + (min - 1));
        refused(key, "" + (max + 1), rule + (max + 1));
        refused(key, "9223372036854775807", rule + "9223372036854775807");
        refused(key, "3.0", rule + "3.0");
        refused(key, "\"3\"", rule + "\"3\"");
        refused(key, "true", rule + "true");
        refused(key, "[3]", rule + "an array");
        refused(key, "{a = 3}", rule + "a table");
    }

    /** With the other side of the rule that each worker has a share of the attempts in flight out of the way. */
    private ConfigFile roomy(String key, String value) {
        return "max_in_flight".equals(key)
                ? with(key, value).environment("CALLBACK_WORKERS", "1")
                : with(key, value).environment("CALLBACK_MAX_IN_FLIGHT", "10000");
    }

    private void refused(String key, String value, String message) {
        assertThat(with(key, value).problems()).singleElement().asString().endsWith(message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"enabled", "tls_insecure_skip_verify"})
    void flags_are_true_or_false(String key) {
        assertThat(with(key, "true").load().report()).contains("callback." + key + " = true ");
        assertThat(with(key, "false").load().report()).contains("callback." + key + " = false ");
        refused(key, "1", "callback." + key + " must be true or false, was 1");
        refused(key, "\"yes\"", "callback." + key + " must be true or false, was \"yes\"");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"http://h", "https://h/", "HTTP://h:65535/x?y=z", "http://[::1]:1/x", "http://10.0.0.1/a@b"})
    void an_absolute_http_address_is_a_url(String url) {
        assertThat(with("url", "'" + url + "'").config().endpoints().get(0).url())
                .hasToString(url);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "''",
                "'/x'",
                "'h:80/x'",
                "'ftp://h/x'",
                "'http:/x'",
                "'http://'",
                "'http:///x'",
                "'http://h:0/x'",
                "'http://h:65536/x'",
                "'http://h:000080/x'",
                "'http://h:/x'",
                "'http://h:x/'",
                "'http://h_i/x'",
                "'http://h/a b'",
                "3",
                "'http://u@h/x'",
                "'http://u:p@h/x'"
            })
    void anything_else_is_no_url(String url) {
        assertThat(with("url", url).problems())
                .singleElement()
                .asString()
                .startsWith("config.toml:2:7 callback.url must be an absolute http or https address with a host");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'postgresql://cloudland:geheim@db:5432/hypercube'",
                "'postgresql://db/hypercube'",
                "'postgresql://@db/x'",
                "'postgresql://u@db'",
                "'postgresql://u@db/'",
                "'mysql://u@db/x'",
                "'postgresql://u@/x'",
                "'postgresql://u@db:0/x'",
                "'postgresql://u@db/x?password=geheim'",
                "'postgresql://cloudland:geheim/x'",
                "'host=db password=geheim'",
                "5432"
            })
    void a_database_is_named_with_user_and_without_password(String uri) {
        assertThat(with("lookup.uri", uri).problems())
                .singleElement()
                .asString()
                .contains("callback.lookup.uri must be postgresql://user@host:port/database with no password inside"
                        + " (use callback.lookup.password), was ")
                .doesNotContain("geheim");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "format       | one of \"resource-change\", \"event\", \"cloudevents\", \"cloudevents-binary\","
                        + " \"cloudevents-batch\"",
                "store.type   | one of \"rocksdb\", \"memory\", \"postgresql\"",
                "store.sync   | one of \"always\", \"interval\", \"off\"",
                "lookup.type  | one of \"message\", \"event-bus\", \"postgresql\"",
            })
    void names_are_known_ones(String key, String rule) {
        refused(key, "\"other\"", "callback." + key + " must be " + rule + ", was \"other\"");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "prefix         | letters, digits, \"-\", \"_\" and \".\"",
                "ingest.address | letters, digits, \"-\", \"_\", \".\", \":\" and \"/\"",
                "lookup.address | letters, digits, \"-\", \"_\", \".\", \":\" and \"/\"",
            })
    void names_on_the_event_bus_are_plain(String key, String rule) {
        String must = "callback." + key + " must be " + rule + ", was ";
        assertThat(with(key, "\"Aa-0_.z\"").load().config()).isNotNull();
        refused(key, "\"\"", must + "\"\"");
        refused(key, "\"a b\"", must + "\"a b\"");
        refused(key, "\"<prefix>\"", must + "\"<prefix>\"");
        refused(key, "7", must + "7");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"\"", "\"  \"", "\"a\\nb\"", "1"})
    void a_region_is_one_line_of_text(String value) {
        assertThat(with("region", value).problems())
                .singleElement()
                .asString()
                .startsWith("config.toml:3:10 callback.region must be text on one line, not blank, was ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"\"", "\"a\\nb\"", "\"a b\"", "\"ü\"", "77665544"})
    void an_api_key_fits_into_a_header(String value) {
        refused(
                "api_key",
                value,
                "callback.api_key must be visible ASCII characters, at least one, without white space, was ***");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"\"", "77665544"})
    void a_password_is_text(String value) {
        refused("lookup.password", value, "callback.lookup.password must be text, not empty, was ***");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "resource_type | 'vm' | one of \"instance\", \"volume\", \"image\", \"interface\", \"floating_ip\","
                        + " \"router\", \"subnet\", \"security_group\", \"hyper\", was \"vm\"",
                "action        | 'x'  | one of \"created\", \"state_changed\", \"deleted\", \"migrated\", \"attached\","
                        + " \"detached\", \"resized\", \"captured\", was \"x\"",
                "id_arg        | 0    | a whole number from 1 to 1000, was 0",
                "id_arg        | 1001 | a whole number from 1 to 1000, was 1001",
                "status_arg    | 0    | a whole number from 1 to 1000, was 0",
            },
            quoteCharacter = '`')
    void a_command_is_described_by_known_words(String key, String value, String rule) {
        String command = "resource_type = 'image'\nid_arg = 1\naction = 'created'\nstatus_arg = 2\n"
                .replaceAll(key + " = .*", key + " = " + value);
        assertThat(new ConfigFile(directory, ConfigFile.MINIMAL + "[callback.commands.x]\n" + command).problems())
                .singleElement()
                .asString()
                .endsWith("callback.commands.x." + key + " must be " + rule);
    }

    @ParameterizedTest
    @ValueSource(strings = {"launch_vm.sh", "frontback/launch_vm", "a b", ""})
    void a_command_is_named_as_it_arrives(String name) {
        String table =
                "[callback.commands.\"" + name + "\"]\nresource_type = 'image'\nid_arg = 1\naction = 'created'\n";
        assertThat(new ConfigFile(directory, ConfigFile.MINIMAL + table).problems())
                .singleElement()
                .asString()
                .startsWith("config.toml:3:1 callback.commands.\"")
                .contains(" must be named by letters, digits, ");
    }
}
