package io.cloudland.callback.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunScriptTest {

    @TempDir
    private Path clone;

    /** There is no pom here either, so the build itself fails, and that is told. */
    @Test
    void where_nothing_was_built_yet_it_builds_instead_of_ending_without_a_word() throws Exception {
        Files.copy(Path.of("run.sh"), clone.resolve("run.sh"));
        Path output = clone.resolve("output");
        Process run = new ProcessBuilder("bash", clone.resolve("run.sh").toString(), "help")
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        assertThat(run.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(Files.readString(output, StandardCharsets.UTF_8))
                .contains("run.sh: building", "run.sh: the build failed");
    }
}
