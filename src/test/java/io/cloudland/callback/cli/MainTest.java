package io.cloudland.callback.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudland.callback.config.AdminConfig;
import io.cloudland.callback.config.CallbackConfig;
import io.cloudland.callback.config.IngestConfig;
import io.cloudland.callback.config.LoadedConfig;
import io.cloudland.callback.config.LookupConfig;
import io.cloudland.callback.config.StoreConfig;
import io.cloudland.callback.error.CallbackException;
import io.cloudland.callback.error.ErrorCode;
import io.cloudland.callback.model.Retention;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class MainTest {

    private static final String JSON = "{\"callback\":{\"url\":\"http://127.0.0.1:1/\"}}";

    private final CapturedConsole captured = new CapturedConsole();
    private final List<String> launched = new ArrayList<>();

    private int main(String... args) {
        return Main.execute(args, captured.console());
    }

    private int run(RunCommand.Check check, String... args) {
        Surroundings around = new Surroundings(Map.of(), Map.of(ClusterDefaults.PROPERTY, "set"), Path.of("nowhere"));
        RunCommand command = new RunCommand(around, check, (launcherArgs, config) -> {
            launched.addAll(launcherArgs);
            return Main.OK;
        });
        return Main.passingEverythingOn(command)
                .setExecutionExceptionHandler((failure, line, parsed) -> Failures.exitCode(failure))
                .execute(args);
    }

    private static LoadedConfig loaded() {
        CallbackConfig config = new CallbackConfig(
                true,
                "callback",
                3,
                10_000,
                Duration.ofSeconds(10),
                Optional.empty(),
                List.of(),
                new StoreConfig.Memory(Retention.ofDeadLetters(10)),
                new LookupConfig.Message(),
                new IngestConfig("callback.commands", Duration.ofDays(1), Optional.empty(), Optional.empty()),
                new AdminConfig(Optional.empty(), false),
                Map.of());
        return new LoadedConfig(config, List.of("take care"), "workers = 3  # default\n");
    }

    @Test
    void options_alone_mean_run() {
        assertThat(Main.withCommand(new String[] {})).containsExactly("run");
        assertThat(Main.withCommand(new String[] {"-conf", "x"})).containsExactly("run", "-conf", "x");
        assertThat(Main.withCommand(new String[] {RunArguments.VERTICLE}))
                .containsExactly("run", RunArguments.VERTICLE);
        assertThat(Main.withCommand(new String[] {"--version"})).containsExactly("--version");
        assertThat(Main.withCommand(new String[] {"receive", "-port", "0"})).containsExactly("receive", "-port", "0");
    }

    @Test
    void run_hands_the_launcher_the_verticle_its_configuration_and_the_other_options() {
        assertThat(run(choice -> loaded(), "-conf", JSON, "-cluster", "-options", "o.json"))
                .isEqualTo(Main.OK);
        assertThat(launched)
                .containsExactly(
                        RunArguments.VERTICLE,
                        "-conf",
                        JSON,
                        "-cluster",
                        "-options",
                        "o.json",
                        "-cluster-host",
                        "127.0.0.1");
    }

    @Test
    void run_with_a_wrong_configuration_starts_nothing() {
        RunCommand.Check wrong = choice -> {
            throw new CallbackException(ErrorCode.CONFIG_INVALID, "url is missing");
        };
        assertThat(run(wrong, "-conf", JSON)).isEqualTo(Main.USAGE);
        assertThat(launched).isEmpty();
    }

    @Test
    void run_with_a_missing_file_says_so_on_stderr() {
        assertThat(main("-conf", "no/such/file.toml")).isEqualTo(Main.USAGE);
        assertThat(captured.err()).contains("no/such/file.toml does not exist");
        assertThat(captured.out()).isEmpty();
    }

    @Test
    void run_with_instances_says_so_on_stderr() {
        assertThat(main("run", "-instances", "2")).isEqualTo(Main.USAGE);
        assertThat(captured.err()).contains("workers = 2");
    }

    @Test
    void a_failure_that_is_no_configuration_error_exits_with_1() {
        RunCommand.Check broken = choice -> {
            throw new IllegalStateException("broken");
        };
        assertThat(run(broken, "-conf", JSON)).isEqualTo(Main.FAILED);
    }

    @Test
    void check_config_prints_report_and_warnings() {
        Surroundings around = new Surroundings(Map.of(), Map.of(), Path.of(""));
        CheckConfigCommand command = new CheckConfigCommand(captured.console(), around, choice -> loaded());
        assertThat(new CommandLine(command).execute("--conf", JSON)).isEqualTo(Main.OK);
        assertThat(captured.out())
                .isEqualToNormalizingNewlines(
                        "workers = 3  # default\nwarning: take care\nThe configuration is valid.\n");
    }

    @Test
    void check_config_with_a_missing_file_exits_with_2() {
        assertThat(main("check-config", "-conf", "missing.toml")).isEqualTo(Main.USAGE);
        assertThat(captured.err()).contains("missing.toml");
    }

    @Test
    void help_lists_the_commands() {
        assertThat(main("help")).isEqualTo(Main.OK);
        assertThat(captured.out())
                .contains("run", "check-config", "receive", "send-samples", "demo", "Exit codes:")
                .contains("stats", "deliveries", "dead", "attempts", "replay", "endpoints", "pause", "resume");
    }

    @Test
    void help_tells_of_run() {
        assertThat(main("help", "run")).isEqualTo(Main.OK);
        assertThat(captured.out()).contains("-conf CONF", "-cluster-host");
    }

    @Test
    void version_is_told() {
        assertThat(main("--version")).isEqualTo(Main.OK);
        assertThat(captured.out()).startsWith("CloudLand Callback ");
    }

    @Test
    void unknown_commands_and_options_exit_with_2() {
        assertThat(main("nonsense")).isEqualTo(Main.USAGE);
        assertThat(main("receive", "-nonsense")).isEqualTo(Main.USAGE);
        assertThat(captured.err()).contains("nonsense");
    }

    @Test
    void receive_with_a_wrong_fault_exits_with_2_and_the_grammar() {
        assertThat(main("receive", "-port", "0", "-fault", "nonsense")).isEqualTo(Main.USAGE);
        assertThat(captured.err()).contains("fault 'nonsense'", "drip=Nb/TIME");
    }

    @Test
    void receive_on_a_port_that_cannot_be_exits_with_2() {
        assertThat(main("receive", "-port", "65536")).isEqualTo(Main.USAGE);
        assertThat(captured.err()).contains("-port must be from 0 to 65535, was 65536");
    }

    @Test
    void send_samples_to_something_that_is_no_url_exits_with_2() {
        assertThat(main("send-samples", "ftp://127.0.0.1/")).isEqualTo(Main.USAGE);
        assertThat(captured.err()).contains("not an absolute http or https URL");
    }
}
