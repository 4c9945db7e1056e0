package io.cloudland.callback.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudland.callback.http.TestAuthority;
import io.cloudland.callback.model.Endpoint;
import io.vertx.core.json.JsonObject;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** The reference and the shipped file name every option as the table of options has it. */
class ConfigReferenceTest {

    private static final Path SHIPPED = Path.of("conf", "config.toml");
    private static final Path REFERENCE = Path.of("docs", "configuration.md");

    @TempDir
    Path directory;

    @Test
    void the_tables_hold_every_option() {
        assertThat(Options.ALL).containsExactlyElementsOf(declared(Options.class));
        assertThat(HttpIngestOptions.ALL).containsExactlyElementsOf(declared(HttpIngestOptions.class));
        assertThat(EndpointOptions.ALL).containsExactlyElementsOf(declared(EndpointOptions.class));
    }

    private static List<Option<?>> declared(Class<?> table) {
        List<Object> declared = Arrays.stream(table.getDeclaredFields())
                .filter(field -> field.getType() == Option.class)
                .map(ConfigReferenceTest::valueOf)
                .toList();
        return (List<Option<?>>) (List<?>) declared;
    }

    private static Object valueOf(Field field) {
        try {
            return field.get(null);
        } catch (IllegalAccessException impossible) {
            throw new AssertionError(impossible);
        }
    }

    @Test
    void every_default_keeps_its_own_rule() {
        assertThat(OptionTable.ALL)
                .allSatisfy(option -> option.fallback()
                        .map(value -> value instanceof java.time.Duration time ? (Object) time.toSeconds() : value)
                        .map(value -> value instanceof String text ? text.replace("<prefix>", "p") : value)
                        .ifPresent(
                                value -> assertThat(option.rule().read(value)).isPresent()));
    }

    @TestFactory
    Stream<DynamicTest> the_reference_has_the_row_of_every_option() throws Exception {
        List<String> lines = Files.readAllLines(REFERENCE);
        return OptionTable.ALL.stream()
                .map(option -> DynamicTest.dynamicTest(
                        option.key(), () -> assertThat(section(lines, option)).contains(row(option))));
    }

    private static List<String> section(List<String> lines, Option<?> option) {
        int start = lines.indexOf("### `" + option.heading() + "`");
        assertThat(start).as("heading of " + option.section()).isNotNegative();
        List<String> rest = lines.subList(start + 1, lines.size());
        return rest.stream().takeWhile(line -> !line.startsWith("#")).toList();
    }

    static String row(Option<?> option) {
        String fallback = option.fallback()
                .map(value -> "`" + Shown.value(value) + "`")
                .orElse(option.required() ? "required" : inherited(option));
        String variables = Stream.of(option.environmentName(), option.fileVariable())
                .flatMap(Optional::stream)
                .map(name -> "`" + name + "`")
                .reduce((name, fileName) -> name + ", " + fileName)
                .orElse("none");
        return "| "
                + String.join(
                        " | ",
                        "`" + option.name() + "`",
                        fallback,
                        option.rule().text(),
                        option.description(),
                        variables)
                + " |";
    }

    private static String inherited(Option<?> option) {
        return EndpointOptions.topOf(option) == null ? "not set" : "from the top";
    }

    @Test
    void the_shipped_file_works_and_sets_what_the_specification_has() {
        LoadedConfig loaded = ConfigLoader.load(Optional.of(SHIPPED), Map.of(), Map.of(), new JsonObject());
        assertThat(loaded.warnings()).isEmpty();
        assertThat(loaded.report().lines().filter(line -> line.contains(SHIPPED.toString())))
                .extracting(line -> line.replaceAll("  #.*", ""))
                .containsExactly(
                        "callback.enabled = true",
                        "callback.url = \"http://127.0.0.1:8080/api/v1/resource-changes\"",
                        "callback.workers = 3",
                        "callback.queue_size = 10000",
                        "callback.timeout = 30",
                        "callback.retry_max = 3",
                        "callback.retry_interval = 5");
    }

    @Test
    void the_shipped_file_with_everything_set_holds_every_option_with_its_default() throws Exception {
        Path key = Files.writeString(directory.resolve("key"), "geheim");
        TestAuthority authority = new TestAuthority("Test Authority");
        authority.trustFile(directory, ".pem");
        TestAuthority.keyFile(directory, ".pem", authority.issue("cloudland"));
        String everything = Files.readString(SHIPPED)
                .replaceAll("(?m)^#(?=[\\[a-zA-Z])", "")
                .replace("/run/secrets/automation-key", key.toString())
                .replace("/etc/callback/", directory + "/");
        LoadedConfig loaded = new ConfigFile(directory, everything).load();
        JsonObject tree = TomlJson.object(TomlText.parse(everything.getBytes(java.nio.charset.StandardCharsets.UTF_8))
                .table());
        for (Option<?> option : OptionTable.ALL) {
            List<String> path = option.path(option.isOfEndpoint() ? "X-Team" : "create_snapshot");
            Object value = option.isOfEndpoint() ? ofEndpoint(tree, path) : at(tree, path);
            assertThat(value).as(option.key()).isNotNull();
            option.fallback()
                    .map(Shown::value)
                    .ifPresent(fallback -> assertThat(Shown.value(value))
                            .isEqualTo(fallback.replace("<prefix>", "callback")
                                    .replace("<store.path>", "data/callback")
                                    .replace("<host>", "callback-1")));
        }
        assertThat(loaded.config().endpoints()).extracting(Endpoint::name).contains("default", "billing");
        assertThat(loaded.config().commands()).containsOnlyKeys("create_snapshot");
    }

    private static Object at(JsonObject tree, List<String> path) {
        Object found = tree;
        for (String part : path) {
            found = found instanceof JsonObject table ? table.getValue(part) : null;
        }
        return found;
    }

    /** What the first of the endpoints says that says anything. */
    private static Object ofEndpoint(JsonObject tree, List<String> path) {
        return tree.getJsonObject("callback").getJsonArray("endpoints").stream()
                .map(table -> at((JsonObject) table, path.subList(3, path.size())))
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }
}
