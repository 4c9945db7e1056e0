package io.cloudland.callback.cli.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudland.callback.cli.jvm.JavaCommand;
import java.io.BufferedReader;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoreBenchTest {

    @TempDir
    Path directory;

    @Test
    void in_a_fresh_jvm_it_measures_the_store_beside_the_library_alone() throws Exception {
        List<String> arguments = List.of(directory.resolve("bench").toString(), "run", "1");
        Process process = new JavaCommand(List.of(), List.of(), StoreBench.class, arguments)
                .toProcess()
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader lines = process.inputReader()) {
            assertThat(firstFigures(lines))
                    .startsWith("sync=always append producers=1 ")
                    .matches(".*the library alone ev/s=[1-9][0-9]*, ratio [0-9.]+");
        } finally {
            process.destroyForcibly().waitFor();
        }
    }

    /** The store's log lines go to the same place. */
    private static String firstFigures(BufferedReader lines) {
        return lines.lines()
                .filter(line -> line.startsWith("sync="))
                .findFirst()
                .orElse("nothing");
    }
}
