package io.cloudland.callback.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Runs the commands that the READMEs tell a newcomer to type, as they stand there. */
class ReadmeIT {

    private static final Path HOME = Path.of("").toAbsolutePath();
    private static final Pattern BASH_BLOCK = Pattern.compile("```bash\n(.*?)```", Pattern.DOTALL);
    private static final String SEND = "./run.sh send-samples http://127.0.0.1:8080/api/v1/resource-changes";

    private static List<String> commandsOf(String readme) throws Exception {
        Matcher blocks = BASH_BLOCK.matcher(Files.readString(HOME.resolve(readme)));
        return blocks.results()
                .flatMap(block -> block.group(1).lines())
                .map(line -> line.replaceFirst("\\s+#.*", "").strip())
                .filter(line -> !line.isEmpty())
                .toList();
    }

    private static LiveProcess type(String command) {
        return LiveProcess.command(HOME, Map.of(), List.of("bash", "-c", "exec " + command));
    }

    @TestFactory
    Stream<DynamicTest> every_command_of_the_readme_does_what_it_says() throws Exception {
        return commandsOf("README.md").stream()
                .distinct()
                .map(command -> DynamicTest.dynamicTest(command, () -> works(command)));
    }

    private static void works(String command) throws Exception {
        switch (command) {
            case "./run.sh demo" -> endsWell(command, "All as it should be.");
            case "./run.sh demo --crash" -> endsWell(command, "lost 0, out of order 0");
            case "./run.sh test" ->
                assertThat(Files.readString(HOME.resolve(".ci/run"))).contains("exec " + command);
            case "./run.sh receive" -> serves(command, "/api/v1/resource-changes");
            case "./run.sh -cluster" -> serves(command, "takes commands on callback.commands");
            case "./run.sh check-config" -> endsWell(command, "callback.workers = 3");
            case SEND -> sendsSamplesToTheReceiver(command);
            default -> throw new AssertionError("no test runs the README's command: " + command);
        }
    }

    private static void endsWell(String command, String expected) throws Exception {
        try (LiveProcess process = type(command)) {
            assertThat(process.exitCode()).as(process.output()).isZero();
            assertThat(process.output()).contains(expected);
        }
    }

    private static void serves(String command, String expected) throws Exception {
        try (LiveProcess process = type(command)) {
            process.awaitLine(expected);
            process.terminate();
            assertThat(process.exitCode()).isEqualTo(143);
        }
    }

    private static void sendsSamplesToTheReceiver(String command) throws Exception {
        try (LiveProcess receiver = type("./run.sh receive")) {
            receiver.awaitLine("/api/v1/resource-changes");
            endsWell(command, "6 of 6");
            receiver.awaitLine("instance/123");
        }
    }

    @Test
    void the_chinese_readme_tells_the_same_commands() throws Exception {
        assertThat(commandsOf("README.zh-CN.md")).isEqualTo(commandsOf("README.md"));
    }

    @Test
    void the_links_of_both_readmes_lead_somewhere() throws Exception {
        for (String readme : List.of("README.md", "README.zh-CN.md")) {
            Matcher links = Pattern.compile("\\]\\(([^)#]+)\\)").matcher(Files.readString(HOME.resolve(readme)));
            links.results()
                    .map(link -> link.group(1))
                    .filter(target -> !target.startsWith("http"))
                    .forEach(target -> assertThat(HOME.resolve(target)).exists());
        }
    }
}
